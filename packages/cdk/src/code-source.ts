import { configError } from "./errors.ts";
import type { Batch } from "./json/rows/batch.ts";
import { pickFirst } from "./json/rows/pick-rows.ts";
import type { JsonObject } from "./json/value.ts";
import { errorMessage, errorTrace } from "./protocol/error-trace.ts";
import { streamState, streamStatus } from "./protocol/make-message.ts";
import type { Message, RecordBatch } from "./protocol/message.ts";
import type { State } from "./protocol/incoming-state.ts";
import type {
  AirbyteStream,
  ConfiguredAirbyteCatalog,
  ConfiguredAirbyteStream,
  ConnectorSpecification,
} from "./protocol/messages.gen.ts";
import { unknownStream } from "./protocol/unknown-stream.ts";
import type { Source, SourceRun } from "./source.ts";

/** A stream that is read by code. */
export interface CodeStream {
  readonly name: string;
  readonly namespace?: string;
  readonly schema: JsonObject;
  readonly primaryKey?: readonly (readonly string[])[];
  /** The field of records that tells new from old. A stream without one is always read whole. */
  readonly cursorField?: string;
  /**
   * Its records in batches (see `valueRows`), and states: each counts for all records before it, and comes back in
   * `from.state` when the next sync begins.
   */
  read(from: ReadFrom, run: SourceRun): AsyncIterable<Batch | { readonly state: JsonObject }>;
}

export interface ReadFrom {
  /** The state that the last sync left, `{}` for none, and where the stream is read whole. */
  readonly state: JsonObject;
  readonly configured: ConfiguredAirbyteStream;
}

export interface CodeSourceOptions {
  readonly spec: ConnectorSpecification;
  /** The streams for this config. */
  readonly streams: (config: JsonObject, run: SourceRun) => readonly CodeStream[] | Promise<readonly CodeStream[]>;
  /** What is wrong with a config beyond what the schema can tell; see `Source`. */
  readonly problems?: (config: JsonObject) => readonly string[];
  /** Tries the connection; throws a config error that says what is wrong. Without it the streams are made, no more. */
  readonly check?: (config: JsonObject, run: SourceRun) => Promise<void>;
}

/**
 * Makes a source of streams written in code: the catalog, statuses and states are taken care of. A stream that fails is
 * reported and the others are read all the same; the exit code is 1 then.
 */
export function createSource({ spec, streams, check, problems }: CodeSourceOptions): Source {
  return {
    spec: async () => spec,
    ...(problems === undefined ? {} : { problems }),
    async check(config, run) {
      await (check === undefined ? streams(config, run) : check(config, run));
      return { status: "SUCCEEDED" };
    },
    discover: async (config, run) => ({ streams: (await streams(config, run)).map(describeCodeStream) }),
    async *read(config, catalog, state, run) {
      const known = await streams(config, run);
      yield* readCodeStreams(known, catalog, state, run);
    },
  };
}

/** Reads streams, one after the other. Those that failed are thrown as one config error at the end. */
export async function* readCodeStreams(
  known: readonly CodeStream[],
  catalog: ConfiguredAirbyteCatalog,
  state: State,
  run: SourceRun,
): AsyncGenerator<Message | RecordBatch> {
  const failures: string[] = [];
  for (const configured of catalog.streams) {
    const { name, namespace } = configured.stream;
    const stream = known.find((one) => one.name === name && one.namespace === namespace);
    if (stream === undefined) {
      yield* unknownStream(
        configured.stream,
        known.map((one) => one.name),
      );
      continue;
    }
    const isResumed = configured.sync_mode === "incremental" && stream.cursorField !== undefined;
    const from: ReadFrom = { configured, state: isResumed ? state.of(name, namespace) : {} };
    const failure = yield* readStream(stream, from, run);
    if (failure !== undefined) failures.push(`${name}: ${failure}`);
    if (run.signal.aborted) return;
  }
  if (failures.length > 0) {
    throw configError(`These streams could not be read whole:\n${failures.join("\n")}`, { code: "streams-failed" });
  }
}

/** Gives what went wrong, for the user. */
async function* readStream(
  stream: CodeStream,
  from: ReadFrom,
  run: SourceRun,
): AsyncGenerator<Message | RecordBatch, string | undefined> {
  const { name, namespace, cursorField } = stream;
  let isRunning = false;
  let records = 0;
  let last: JsonObject | undefined = cursorField === undefined ? NO_CURSOR : undefined;
  yield streamStatus(stream, "STARTED");
  try {
    for await (const item of stream.read(from, run)) {
      if ("state" in item) {
        last = item.state;
        yield streamState(stream, last);
      } else if (item.length > 0) {
        if (!isRunning) yield streamStatus(stream, "RUNNING");
        isRunning = true;
        const left = (run.limits?.records ?? Infinity) - records;
        records += item.length;
        yield { stream: name, namespace, batch: item.length <= left ? item : pickFirst(item, left) };
        if (item.length > left) {
          run.log.info(`Stream ${name} was cut, as was asked for: no state says that it was read`);
          yield streamStatus(stream, "INCOMPLETE");
          return undefined;
        }
      }
    }
    run.signal.throwIfAborted();
  } catch (error) {
    if (!run.signal.aborted) yield errorTrace(error, stream);
    yield streamStatus(stream, "INCOMPLETE");
    return errorMessage(error);
  }
  yield streamStatus(stream, "COMPLETE");
  if (last !== undefined) yield streamState(stream, last);
  return undefined;
}

/** The state of a stream that has none to keep: tells the platform that it was read to its end. */
const NO_CURSOR: JsonObject = { __ab_no_cursor_state_message: true };

/** What a catalog says of a stream in code. */
export function describeCodeStream(stream: Omit<CodeStream, "read">): AirbyteStream {
  const { name, namespace, schema, primaryKey, cursorField } = stream;
  return {
    name,
    json_schema: schema,
    supported_sync_modes: cursorField === undefined ? ["full_refresh"] : ["full_refresh", "incremental"],
    ...(cursorField === undefined ? {} : { source_defined_cursor: true, default_cursor_field: [cursorField] }),
    ...(primaryKey === undefined ? {} : { source_defined_primary_key: primaryKey.map((key) => [...key]) }),
    ...(namespace === undefined ? {} : { namespace }),
    is_resumable: cursorField !== undefined,
  };
}
