import { configError } from "../errors.ts";
import { entries, fromEntries, get, has, isObject, type Json, type JsonObject } from "../json/value.ts";
import type { ConfiguredAirbyteCatalog, ConfiguredAirbyteStream } from "./messages.gen.ts";

/**
 * Reads the content of a configured catalog. Members that are null are left out; what a source does not look at may be
 * missing.
 * @throws a config error with all problems
 */
export function parseCatalog(content: Json): ConfiguredAirbyteCatalog {
  const streams = isObject(content) ? get(content, "streams") : undefined;
  if (!isList(streams)) throw configError("The catalog must be an object with a list `streams`.", details);
  const problems: string[] = [];
  const configured = streams.map((stream, index) => {
    const parsed = parseStream(stream);
    if (typeof parsed === "string") problems.push(`/streams/${index}: ${parsed}`);
    return parsed;
  });
  if (problems.length > 0) throw configError(`The catalog is not valid.\n${problems.join("\n")}`, details);
  return { streams: configured.filter((stream) => typeof stream !== "string") };
}

const details = { code: "invalid-catalog" };
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The stream, or what is wrong with it. */
function parseStream(content: Json): ConfiguredAirbyteStream | string {
  if (!isObject(content)) return "must be an object";
  const configured = withoutNulls(content);
  const described = get(configured, "stream");
  if (!isObject(described)) {
    return has(configured, "name")
      ? 'looks discovered, not configured: write {"stream": {…}, "sync_mode": …, "destination_sync_mode": …}'
      : "`stream` must be an object";
  }
  const stream = withoutNulls(described);
  if (typeof get(stream, "name") !== "string") return "`stream.name` must be a text";
  if (!isObject(get(stream, "json_schema") ?? {})) return "`stream.json_schema` must be an object";
  const mode = get(configured, "sync_mode");
  if (mode !== "full_refresh" && mode !== "incremental") return '`sync_mode` must be "full_refresh" or "incremental"';
  for (const [place, value] of [
    ["cursor_field", get(configured, "cursor_field")],
    ["stream.default_cursor_field", get(stream, "default_cursor_field")],
  ] as const) {
    if (value !== undefined && !isTexts(value)) return `\`${place}\` must be a list of texts`;
  }
  for (const [place, value] of [
    ["primary_key", get(configured, "primary_key")],
    ["stream.source_defined_primary_key", get(stream, "source_defined_primary_key")],
  ] as const) {
    if (value !== undefined && !(isList(value) && value.every(isTexts)))
      return `\`${place}\` must be a list of lists of texts`;
  }
  const whole: JsonObject = {
    destination_sync_mode: "append",
    ...configured,
    stream: { json_schema: {}, supported_sync_modes: [mode], ...stream },
  };
  return whole as unknown as ConfiguredAirbyteStream; // the members that sources look at were checked above
}

const isTexts = (value: Json): boolean => isList(value) && value.every((item) => typeof item === "string");

function withoutNulls(object: JsonObject): JsonObject {
  return fromEntries(entries(object).filter(([, value]) => value !== null));
}
