import { configError } from "../errors.ts";
import type { Batch } from "../json/rows/batch.ts";
import { errorMessage, errorTrace } from "../protocol/error-trace.ts";
import { streamState, streamStatus } from "../protocol/make-message.ts";
import type { Message, RecordBatch } from "../protocol/message.ts";
import type { Slice, Stream } from "../roles.ts";
import { pickFirst } from "../json/rows/pick-rows.ts";
import type { LimitsInForce } from "../roles/limits.ts";
import type { Observe } from "../roles/observe.ts";
import { merge } from "./merge.ts";
import { createSchedule, type Schedule } from "./schedule.ts";

export type Output = Message | RecordBatch;

export interface ReadOptions {
  /** How many slices are read at once, of all streams together. */
  readonly concurrency: number;
  /** Name of a stream to its group; streams of one group are never read at the same time. */
  readonly groups: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  readonly observe?: Observe | undefined;
  readonly limits?: LimitsInForce | undefined;
  log(level: "INFO" | "ERROR", message: string): void;
}

/** What is known of a stream while it is read. */
interface Progress {
  readonly stream: Stream;
  /** Slices made and not yet read. */
  open: number;
  /** Whether all slices are made. */
  generated: boolean;
  records: number;
  readonly failures: unknown[];
}

/**
 * Reads the streams side by side: statuses, records, states. A stream that fails is reported and leaves the others
 * running; at the end the failures are thrown as one config error, which makes the exit code 1.
 */
export async function* readStreams(streams: readonly Stream[], options: ReadOptions): AsyncGenerator<Output> {
  const schedule = createSchedule(streams, options.groups);
  const progresses: Progress[] = [];

  /** Streams whose slices are waited for: whether there are few of them or many, they keep no other stream from making its own. */
  const waiting = new Set<unknown>();

  async function* generations(): AsyncGenerator<AsyncIterable<AsyncIterable<Output>>> {
    for await (const stream of schedule.streams()) {
      if (options.signal.aborted) return;
      const progress: Progress = { stream, open: 0, generated: false, records: 0, failures: [] };
      progresses.push(progress);
      const slices = slicesOf(progress, schedule, options);
      if (stream.waits === true) waiting.add(slices);
      yield slices;
    }
  }

  const generators = Math.max(1, Math.floor(options.concurrency / 2));
  const slices = merge(generations(), generators, (source) => !waiting.has(source));
  yield* merge(slices, Math.max(1, options.concurrency));
  const failed = progresses.filter(({ failures }) => failures.length > 0);
  if (failed.length > 0) throw summaryOf(failed);
}

/** The slices of a stream, each as the messages of its reading. */
async function* slicesOf(
  progress: Progress,
  schedule: Schedule,
  options: ReadOptions,
): AsyncGenerator<AsyncIterable<Output>> {
  const { stream } = progress;
  const { signal, limits } = options;
  let count = 0;
  yield messages([streamStatus(stream, "STARTED")]);
  try {
    for await (const slice of stream.cursor.slices()) {
      signal.throwIfAborted();
      if (limits !== undefined && (count++ === limits.slices || hasEnough(progress, limits))) {
        limits.cut.add(stream.name);
        break;
      }
      progress.open++;
      yield readSlice(progress, schedule, slice, options);
    }
  } catch (error) {
    yield messages(failure(progress, error, signal));
  }
  progress.generated = true;
  schedule.generated(stream);
  if (progress.open === 0) yield messages(finish(progress, schedule, options));
}

async function* readSlice(
  progress: Progress,
  schedule: Schedule,
  slice: Slice,
  options: ReadOptions,
): AsyncGenerator<Output> {
  const { stream } = progress;
  const { signal, observe, limits } = options;
  let records = 0;
  let fault: { readonly error?: unknown } = {};
  observe?.({ type: "slice", stream: stream.name, slice });
  try {
    for await (const read of stream.read(slice)) {
      if (read.length === 0) continue;
      const batch = limits === undefined ? read : upTo(limits, progress, read);
      if (batch.length === 0) break;
      records += batch.length;
      if (progress.records === 0) {
        progress.records += batch.length;
        yield streamStatus(stream, "RUNNING");
      } else progress.records += batch.length;
      yield { stream: stream.name, batch };
      stream.cursor.observe(slice, batch);
    }
    const state = limits?.cut.has(stream.name) === true ? undefined : stream.cursor.close(slice);
    if (state !== undefined) yield streamState(stream, state);
  } catch (error) {
    fault = { error };
    yield* failure(progress, error, signal);
  }
  observe?.({ type: "slice-end", stream: stream.name, slice, records, ...fault });
  progress.open--;
  if (progress.generated && progress.open === 0) yield* finish(progress, schedule, options);
}

const hasEnough = ({ records }: Progress, limits: LimitsInForce): boolean => records >= (limits.records ?? Infinity);

/** As many of the records as the stream may still send. */
function upTo(limits: LimitsInForce, progress: Progress, batch: Batch): Batch {
  const left = (limits.records ?? Infinity) - progress.records;
  if (batch.length <= left) return batch;
  limits.cut.add(progress.stream.name);
  return pickFirst(batch, left);
}

/** What a run stumbles over when it was told to end is no failure to tell of; the stream stays incomplete. */
function failure(progress: Progress, error: unknown, signal: AbortSignal): Message[] {
  progress.failures.push(error);
  return signal.aborted ? [] : [errorTrace(error, progress.stream)];
}

function finish(
  { stream, records, failures }: Progress,
  schedule: Schedule,
  { log, limits }: Pick<ReadOptions, "log" | "limits">,
): Message[] {
  schedule.done(stream);
  log("INFO", `Read ${records} records from ${stream.name} stream`);
  if (limits?.cut.has(stream.name) === true) {
    log("INFO", `Stream ${stream.name} was cut, as was asked for: no state says that it was read`);
    return [streamStatus(stream, "INCOMPLETE")];
  }
  const state = stream.cursor.finish();
  return [
    streamStatus(stream, failures.length > 0 ? "INCOMPLETE" : "COMPLETE"),
    ...(state === undefined ? [] : [streamState(stream, state)]),
  ];
}

async function* messages(all: readonly Message[]): AsyncGenerator<Output> {
  yield* all;
}

function summaryOf(failed: readonly Progress[]): Error {
  const lines = failed.flatMap(({ stream, failures }) =>
    failures.map((failure) => `${stream.name}: ${errorMessage(failure)}`),
  );
  return configError(`During the sync, the following streams did not sync successfully: ${lines.join("\n")}`, {
    code: "streams-failed",
    internal: "Concurrent read failure",
  });
}
