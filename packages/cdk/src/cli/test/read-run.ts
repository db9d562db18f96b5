import { createHash } from "node:crypto";
import { readJson } from "../../entrypoint/inputs.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { parseCatalog } from "../../protocol/configured-catalog.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { createReadCheck } from "../../testing/checks/check-read.ts";
import type { Problem } from "../../testing/checks/problem.ts";
import { configureStream } from "../connector/configure-catalog.ts";
import type { TestEntry } from "./acceptance-config.ts";
import { runProblems } from "./outcome.ts";
import type { Session } from "./session.ts";

/** A read as the tests look at it. */
export interface ReadRun {
  readonly problems: readonly Problem[];
  readonly records: number;
  /** Streams of which records came. */
  readonly streams: ReadonlyMap<string, RecordSet>;
  /** The states, in order, each with how many records of its stream came before it. */
  readonly states: readonly KeptState[];
  /** Requests that the cassette does not know. */
  readonly unrecorded: readonly string[];
}

export interface KeptState {
  readonly stream: string;
  readonly message: JsonObject;
  readonly after: number;
}

/** The records of a stream, each as a few bytes. */
export interface RecordSet {
  /** In order. */
  readonly marks: readonly string[];
}

export interface ReadOptions {
  readonly catalog: ConfiguredAirbyteCatalog;
  readonly state?: Json;
  readonly variant?: string;
  readonly validateSchema?: boolean;
  readonly mayBeEmpty?: (stream: string) => boolean;
  onRecord?(stream: string, data: JsonObject): void;
}

export async function readOnce(entry: TestEntry, session: Session, options: ReadOptions): Promise<ReadRun> {
  const config = await session.config(entry.configPath);
  const check = await createReadCheck({
    catalog: options.catalog,
    secrets: await session.secrets(config),
    validateSchema: options.validateSchema ?? false,
    mayBeEmpty: options.mayBeEmpty,
    succeeds: entry.status === "succeed",
  });
  const streams = new Map<string, { marks: string[] }>();
  const states: KeptState[] = [];
  let records = 0;
  let failed = false;
  const result = await session.run("read", {
    configPath: entry.configPath,
    catalog: options.catalog,
    state: options.state,
    variant: options.variant,
    timeoutSeconds: entry.timeoutSeconds,
    onMessage(message) {
      check.observe(message);
      if (message.type === "RECORD") {
        const { stream, data } = message.record;
        records++;
        let set = streams.get(stream);
        if (set === undefined) streams.set(stream, (set = { marks: [] }));
        set.marks.push(markOf(data, entry.ignoredFields.get(stream) ?? []));
        options.onRecord?.(stream, data);
      } else if (message.type === "STATE" && message.state.stream !== undefined) {
        const stream = message.state.stream.stream_descriptor.name;
        const after = streams.get(stream)?.marks.length ?? 0;
        states.push({ stream, message: message.state, after }); // a message is JSON
      } else if (message.type === "TRACE" && message.trace.error !== undefined) failed = true;
    },
  });
  const problems = [...runProblems(result, entry), ...check.end()];
  if (entry.status !== "succeed" && result.exitCode === 0 && !failed) {
    problems.push({ rule: "status", message: "The read was expected to fail, and it went well." });
  }
  return { problems, records, streams, states, unrecorded: result.unrecorded };
}

/** What is read: the configured catalog with the streams as they are discovered, else all of them. */
export async function catalogOf(
  entry: TestEntry,
  session: Session,
  mode: "full_refresh" | "incremental",
): Promise<ConfiguredAirbyteCatalog> {
  const { streams } = await session.catalog(entry.configPath);
  if (entry.catalogPath !== undefined) {
    const given = parseCatalog(await readJson("configured catalog", entry.catalogPath));
    return {
      streams: given.streams.map((configured) => ({
        ...configured,
        stream: streams.find(({ name }) => name === configured.stream.name) ?? configured.stream,
        ...(mode === "full_refresh" && entry.section === "full_refresh" ? { sync_mode: mode } : {}),
      })),
    };
  }
  const chosen =
    mode === "full_refresh" ? streams : streams.filter((stream) => stream.supported_sync_modes.includes(mode));
  return { streams: chosen.map((stream) => configureStream(stream, mode)) };
}

/** A few bytes that stand for a record, without its fields that always differ. */
export function markOf(data: JsonObject, ignored: readonly string[]): string {
  const kept = ignored.length === 0 ? data : without(data, ignored);
  const text = printJson(sorted(kept));
  return text.length <= 32 ? text : createHash("sha1").update(text).digest("base64url").slice(0, 20);
}

/** Fields to ignore may be paths: `owner/updated_at`, `owner.updated_at`. */
function without(data: JsonObject, ignored: readonly string[]): JsonObject {
  const kept = (value: Json, path: string): Json => {
    if (!isObject(value)) return value;
    return fromEntries(
      entries(value).flatMap(([name, member]) => {
        const place = path === "" ? name : `${path}/${name}`;
        return ignored.some((each) => each.replaceAll(".", "/") === place)
          ? []
          : [[name, kept(member, place)] as const];
      }),
    );
  };
  return kept(data, "") as JsonObject; // of an object comes an object
}

function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return fromEntries(
    entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)] as const),
  );
}
