import { configuredKeys, createRecordCheck, type RecordCheck } from "./check-records.ts";
import { createStateCheck } from "./check-states.ts";
import { createProblemList, type Problem } from "./problem.ts";
import { secretPattern } from "../../encoding/secret-pattern.ts";
import { printJson } from "../../json/print.ts";
import type { Message } from "../../protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";

/** Checks the messages of a read, one by one, as they come. */
export interface ReadCheck {
  observe(message: Message): void;
  /** What was wrong, when all messages are through. */
  end(): readonly Problem[];
}

export interface ReadCheckOptions {
  /** What was to be read. */
  readonly catalog: ConfiguredAirbyteCatalog;
  /** Whether records must hold to their stream's schema; so when left out. */
  readonly validateSchema?: boolean | undefined;
  /** Values that no message may show. Short ones are not looked for: they turn up by chance. */
  readonly secrets?: readonly string[] | undefined;
  /** Streams that may have no records; all may when left out. */
  readonly mayBeEmpty?: ((stream: string) => boolean) | undefined;
  /** Whether the read is to go well: every stream COMPLETE, no error. So when left out. */
  readonly succeeds?: boolean | undefined;
}

const SHORTEST_SECRET = 8;

/**
 * What the protocol asks of a read: statuses in their order and to the end, a STATE after the records that it counts, with
 * their number, cursors that do not go back, records of streams that were asked for, by their schemas, with primary
 * keys that are there and differ, and no secret in anything that is sent.
 */
export async function createReadCheck({
  catalog,
  validateSchema = true,
  secrets = [],
  mayBeEmpty = () => true,
  succeeds = true,
}: ReadCheckOptions): Promise<ReadCheck> {
  const { createSchemaCheck } = await import("../../json-schema/schema-problems.ts");
  const problems = createProblemList();
  const long = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  const secret = long.length === 0 ? undefined : secretPattern(long);
  const streams = new Map<string, StreamProgress>();
  for (const configured of catalog.streams) {
    const { stream } = configured;
    streams.set(keyOf(stream.name, stream.namespace), {
      name: stream.name,
      statuses: [],
      records: createRecordCheck(
        stream.name,
        configuredKeys(configured),
        validateSchema ? createSchemaCheck(stream.json_schema) : undefined,
        problems,
      ),
      states: createStateCheck(stream.name, configured.sync_mode === "incremental", problems),
    });
  }

  function record({ stream, namespace, data }: Extract<Message, { type: "RECORD" }>["record"]): void {
    const progress = streams.get(keyOf(stream, namespace));
    if (progress === undefined) {
      return problems.add({ rule: "stream", stream, message: "A record came of a stream that was not asked for." });
    }
    const status = progress.statuses.at(-1);
    if (status !== "RUNNING" && status !== progress.recordsIn) {
      const is = status === undefined ? "before STARTED" : `after ${status}`;
      problems.add({ rule: "status", stream, message: `Records came ${is}: RUNNING has to come first.` });
      progress.recordsIn = status ?? "NONE"; // told once
    }
    progress.records.observe(data);
    progress.states.record();
  }

  function status(name: string, namespace: string | undefined, next: string): void {
    const progress = streams.get(keyOf(name, namespace));
    if (progress === undefined) {
      if (next !== "INCOMPLETE")
        problems.add({ rule: "stream", stream: name, message: `${next} came of a stream that was not asked for.` });
      return;
    }
    const last = progress.statuses.at(-1) ?? "NONE";
    if (!FOLLOWS[last]?.includes(next)) {
      const place = last === "NONE" ? "as the first status" : `after ${last}`;
      problems.add({ rule: "status", stream: name, message: `${next} came ${place}.` });
    }
    progress.statuses.push(next);
  }

  function end(): readonly Problem[] {
    for (const { name, statuses, records, states } of streams.values()) {
      const last = statuses.at(-1);
      if (succeeds && last !== "COMPLETE") {
        problems.add({ rule: "status", stream: name, message: `The last status is ${last ?? "none"}, not COMPLETE.` });
      }
      states.end(last === "COMPLETE");
      if (records.count() === 0 && !mayBeEmpty(name)) {
        problems.add({
          rule: "empty",
          stream: name,
          message: "There are no records. Where there can be none, name it in empty_streams.",
        });
      }
    }
    return problems.all();
  }

  return {
    observe(message) {
      if (secret !== undefined && message.type !== "CONTROL" && printJson(message).search(secret) >= 0) {
        const stream = message.type === "RECORD" ? message.record.stream : undefined;
        problems.add({ rule: "secret", stream, message: `A ${message.type} shows a secret of the config.` });
      }
      if (message.type === "RECORD") record(message.record);
      else if (message.type === "STATE") {
        const { stream } = message.state;
        if (stream === undefined) return;
        const { name, namespace } = stream.stream_descriptor;
        const progress = streams.get(keyOf(name, namespace));
        if (progress === undefined)
          problems.add({ rule: "stream", stream: name, message: "A STATE came of a stream that was not asked for." });
        else progress.states.state(stream.stream_state ?? {}, message.state.sourceStats?.recordCount);
      } else if (message.type === "TRACE") {
        const { stream_status: told, error } = message.trace;
        if (told !== undefined) status(told.stream_descriptor.name, told.stream_descriptor.namespace, told.status);
        if (error !== undefined && succeeds) {
          problems.add({ rule: "error", stream: error.stream_descriptor?.name, message: error.message });
        }
      }
    },
    end,
  };
}

interface StreamProgress {
  readonly name: string;
  readonly statuses: string[];
  readonly records: RecordCheck;
  readonly states: ReturnType<typeof createStateCheck>;
  /** The status in which records came although they must not. */
  recordsIn?: string;
}

/** What may come after a status. RUNNING is sent again with reasons, such as a rate limit. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  NONE: ["STARTED", "INCOMPLETE"],
  STARTED: ["RUNNING", "COMPLETE", "INCOMPLETE"],
  RUNNING: ["RUNNING", "COMPLETE", "INCOMPLETE"],
  COMPLETE: [],
  INCOMPLETE: [],
};

const keyOf = (name: string, namespace: string | undefined): string => `${namespace ?? ""}\n${name}`;
