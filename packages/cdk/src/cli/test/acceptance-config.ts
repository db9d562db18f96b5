import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { configError } from "../../errors.ts";
import { readText } from "../../entrypoint/inputs.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import { YamlFault } from "../../yaml/reading.ts";
import { readYaml } from "../../yaml/read.ts";

export const SECTIONS = ["spec", "connection", "discovery", "basic_read", "full_refresh", "incremental"] as const;
export type Section = (typeof SECTIONS)[number];

/** What `acceptance-test-config.yml` asks for. */
export interface AcceptanceConfig {
  /** The file, undefined where there is none and the tests are those that go without saying. */
  readonly file: string | undefined;
  /** What paths start from. */
  readonly folder: string;
  readonly isStrict: boolean;
  readonly tests: readonly TestEntry[];
  /** Sections that are left out, and why. */
  readonly bypassed: readonly { readonly section: Section; readonly reason: string }[];
  /** What is odd about the file, but bears no test. */
  readonly remarks: readonly string[];
}

/** One entry of a section's `tests`. Paths are as they are written. */
export interface TestEntry {
  readonly section: Section;
  readonly configPath: string | undefined;
  readonly catalogPath: string | undefined;
  readonly specPath: string | undefined;
  readonly status: "succeed" | "failed" | "exception";
  readonly timeoutSeconds: number | undefined;
  readonly validateSchema: boolean;
  readonly emptyStreams: readonly { readonly name: string; readonly reason: string | undefined }[];
  readonly expected: ExpectedRecords | undefined;
  readonly futureState: { readonly path: string | undefined; readonly reason: string | undefined } | undefined;
  /** Fields of a stream that differ from one read to the next. */
  readonly ignoredFields: ReadonlyMap<string, readonly string[]>;
  /** Whether reads from states in between are left out. */
  readonly isShort: boolean;
}

export interface ExpectedRecords {
  readonly path: string | undefined;
  readonly reason: string | undefined;
  readonly exactOrder: boolean;
  /** Whether records may have more fields than they are expected to have. */
  readonly extraFields: boolean;
  /** Whether there may be more records than are expected. */
  readonly extraRecords: boolean;
}

const NAMES = ["acceptance-test-config.yml", "acceptance-test-config.yaml"];
const READ = ["config_path", "configured_catalog_path", "timeout_seconds", "ignored_fields", "status"];
const KEYS: Readonly<Record<Section, readonly string[]>> = {
  spec: ["spec_path", "config_path", "timeout_seconds"],
  connection: ["config_path", "status", "timeout_seconds"],
  discovery: ["config_path", "status", "timeout_seconds"],
  basic_read: [...READ, "empty_streams", "expect_records", "validate_schema"],
  full_refresh: [...READ, "empty_streams"],
  incremental: [...READ, "future_state", "skip_comprehensive_incremental_tests"],
};
/** Of other tools: known, and without a meaning here. */
const FOREIGN = [
  "backward_compatibility_tests_config",
  "deployment_mode",
  "client_container_config",
  "expect_trace_message_on_failure",
  "validate_state_messages",
  "fail_on_extra_columns",
  "file_types",
  "auto_migration",
  "validate_data_points",
  "validate_primary_keys_data_type",
  "cursor_paths",
  "bypass_reason",
];

/**
 * Reads the file in a connector's folder; without one, each section is tried with one config.
 * @throws a config error that names the place
 */
export async function readAcceptanceConfig(folder: string, configPath: string | undefined): Promise<AcceptanceConfig> {
  const file = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) {
    const tests = SECTIONS.map((section) => entryOf(section, { config_path: configPath ?? null }, folder));
    return { file, folder, isStrict: false, tests, bypassed: [], remarks: [] };
  }
  const shown = relative(process.cwd(), file) || file;
  const wrong = (place: string, what: string): Error =>
    configError(`${shown}: ${place} ${what}.`, { code: "invalid-acceptance-config" });
  const text = await readText("acceptance test config", file);
  let told: Json;
  try {
    told = readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    throw wrong(
      `line ${text.slice(0, error.offset).split("\n").length}`,
      `cannot be read: ${error.message.replace(/\.$/, "")}`,
    );
  }
  if (!isObject(told)) throw wrong("the whole", "must be a mapping");
  const sections = get(told, "acceptance_tests") ?? {};
  if (!isObject(sections)) throw wrong("acceptance_tests", "must be a mapping of sections");
  const level = get(told, "test_strictness_level") ?? "low";
  if (level !== "low" && level !== "high") throw wrong("test_strictness_level", 'must be "low" or "high"');
  const tests: TestEntry[] = [];
  const bypassed: { section: Section; reason: string }[] = [];
  const remarks: string[] = [];
  for (const [name, section] of entries(sections)) {
    if (!isSection(name)) {
      const like = nearest(name, SECTIONS);
      remarks.push(`${shown}: there is no section ${name} here${like === undefined ? "" : `; did you mean ${like}?`}`);
      continue;
    }
    const at = `acceptance_tests.${name}`;
    if (!isObject(section)) throw wrong(at, "must be a mapping with `tests`, or a `bypass_reason`");
    const listed = get(section, "tests") ?? [];
    if (!isList(listed)) throw wrong(`${at}.tests`, "must be a list");
    const reason = get(section, "bypass_reason");
    if (typeof reason === "string") bypassed.push({ section: name, reason });
    for (const [index, entry] of listed.entries()) {
      const place = `${at}.tests[${index}]`;
      if (!isObject(entry)) throw wrong(place, "must be a mapping");
      for (const [key] of entries(entry)) {
        if (KEYS[name].includes(key) || FOREIGN.includes(key)) continue;
        const like = nearest(key, KEYS[name]);
        remarks.push(`${shown}: ${place}.${key} is not known${like === undefined ? "" : `; did you mean ${like}?`}`);
      }
      try {
        tests.push(entryOf(name, entry, folder));
      } catch (error) {
        throw error instanceof TypeError ? wrong(place, error.message) : error;
      }
    }
  }
  return { file, folder, isStrict: level === "high", tests, bypassed, remarks };
}

const isSection = (name: string): name is Section => (SECTIONS as readonly string[]).includes(name);

/** @throws a TypeError that says what is wrong with the entry */
function entryOf(section: Section, entry: JsonObject, folder: string): TestEntry {
  const text = (object: JsonObject, key: string): string | undefined => {
    const value = get(object, key) ?? undefined;
    if (value !== undefined && typeof value !== "string") throw new TypeError(`has a ${key} that is no text`);
    return value;
  };
  const path = (object: JsonObject, key: string): string | undefined => {
    const value = text(object, key);
    return value === undefined ? undefined : join(folder, value);
  };
  const flag = (object: JsonObject, key: string, fallback: boolean): boolean => {
    const value = get(object, key) ?? fallback;
    if (typeof value === "boolean") return value;
    if (/^(?:yes|true)$/i.test(String(value))) return true;
    if (/^(?:no|false)$/i.test(String(value))) return false;
    throw new TypeError(`has a ${key} that is neither true nor false`);
  };
  const status = text(entry, "status") ?? "succeed";
  if (status !== "succeed" && status !== "failed" && status !== "exception") {
    throw new TypeError(`has the status "${status}": it must be succeed, failed or exception`);
  }
  const timeout = get(entry, "timeout_seconds") ?? undefined;
  if (timeout !== undefined && (typeof timeout !== "number" || timeout <= 0)) {
    throw new TypeError("has a timeout_seconds that is no number above 0");
  }
  const part = (key: string): JsonObject | undefined => {
    const value = get(entry, key) ?? undefined;
    if (value !== undefined && !isObject(value)) throw new TypeError(`has a ${key} that is no mapping`);
    return value;
  };
  const expected = part("expect_records");
  const future = part("future_state");
  const ignored = part("ignored_fields");
  const empty = get(entry, "empty_streams") ?? [];
  return {
    section,
    configPath: path(entry, "config_path"),
    catalogPath: path(entry, "configured_catalog_path"),
    specPath: path(entry, "spec_path"),
    status,
    timeoutSeconds: timeout,
    validateSchema: flag(entry, "validate_schema", true),
    emptyStreams: named(empty).map(({ name, reason }) => ({ name, reason })),
    expected: expected && {
      path: path(expected, "path"),
      reason: text(expected, "bypass_reason"),
      exactOrder: flag(expected, "exact_order", false),
      extraFields: flag(expected, "extra_fields", false),
      extraRecords: flag(expected, "extra_records", true),
    },
    futureState: future && { path: path(future, "future_state_path"), reason: text(future, "bypass_reason") },
    ignoredFields: new Map(
      entries(ignored ?? {}).map(([stream, fields]) => [stream, named(fields).map(({ name }) => name)]),
    ),
    isShort: flag(entry, "skip_comprehensive_incremental_tests", false),
  };
}

/** Names with reasons: `[a, { name: b, bypass_reason: … }]`. */
function named(value: Json): { name: string; reason: string | undefined }[] {
  if (!isList(value)) throw new TypeError("has empty_streams or ignored_fields that are no list");
  return value.map((item) => {
    if (typeof item === "string") return { name: item, reason: undefined };
    const name = isObject(item) ? get(item, "name") : undefined;
    const reason = isObject(item) ? get(item, "bypass_reason") : undefined;
    if (typeof name !== "string") throw new TypeError("has empty_streams or ignored_fields without a name");
    return { name, reason: typeof reason === "string" ? reason : undefined };
  });
}
