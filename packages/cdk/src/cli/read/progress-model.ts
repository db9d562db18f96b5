import type { Transport } from "../../http/types.ts";
import { isObject, get } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import type { Watcher } from "../run/watcher.ts";

/** What is known of a stream that is read. */
export interface StreamProgress {
  readonly name: string;
  status: "waiting" | "reading" | "complete" | "cut" | "incomplete";
  records: number;
  requests: number;
  bytes: number;
  retries: number;
  /** Seconds that retries waited, all together. */
  waited: number;
  /** When the current wait is over, on the clock; undefined where there is none. */
  waitsUntil: number | undefined;
  /** Records to come, where the source says so. */
  estimate: number | undefined;
  /** From when to when its slices go, in milliseconds since 1970, and until when they are read. */
  span: { readonly from: number; readonly to: number; done: number } | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  problem: string | undefined;
}

export interface ProgressModel extends Watcher {
  readonly streams: ReadonlyMap<string, StreamProgress>;
  /** Requests that are no stream's of the catalog: for tokens, parents and schemas. */
  readonly others: { requests: number; bytes: number };
  message(message: Message): void;
  records(stream: string, count: number): void;
}

/** @param isLimited whether streams are cut because that was asked for */
export function createProgressModel(isLimited: boolean, clock: () => number = () => performance.now()): ProgressModel {
  const streams = new Map<string, StreamProgress>();
  const others = { requests: 0, bytes: 0 };
  const of = (name: string): StreamProgress => {
    let known = streams.get(name);
    if (known === undefined) streams.set(name, (known = unread(name)));
    return known;
  };

  const transport: Transport = (exchange) => async (request, options) => {
    const counted = streams.get(options.origin?.stream ?? "") ?? others;
    counted.requests++;
    if ("waitsUntil" in counted) counted.waitsUntil = undefined;
    const answer = await exchange(request, options);
    return { ...answer, body: counting(answer.body, counted) };
  };

  return {
    streams,
    others,
    transport,
    observe(event) {
      if (event.type === "retry") {
        const stream = streams.get(event.origin?.stream ?? "");
        if (stream === undefined) return;
        stream.retries++;
        stream.waited += event.seconds;
        stream.waitsUntil = clock() + event.seconds * 1000;
      } else if (event.type === "slice") {
        extend(of(event.stream), event.slice.interval);
      } else if (event.type === "slice-end") {
        const stream = of(event.stream);
        const end = momentsOf(event.slice.interval).at(-1);
        if (stream.span !== undefined && end !== undefined) stream.span.done = Math.max(stream.span.done, end);
      }
    },
    message({ type, ...message }) {
      if (type !== "TRACE" || !("trace" in message)) return;
      const { stream_status: status, estimate, error } = message.trace;
      if (estimate?.type === "STREAM") of(estimate.name).estimate = estimate.row_estimate;
      if (error?.stream_descriptor !== undefined) of(error.stream_descriptor.name).problem = error.message;
      if (status === undefined) return;
      const stream = of(status.stream_descriptor.name);
      if (status.status === "STARTED") {
        stream.status = "reading";
        stream.startedAt = clock();
      } else if (status.status !== "RUNNING") {
        const isCut = isLimited && stream.problem === undefined;
        stream.status = status.status === "COMPLETE" ? "complete" : isCut ? "cut" : "incomplete";
        stream.endedAt = clock();
      }
    },
    records(name, count) {
      of(name).records += count;
    },
  };
}

const unread = (name: string): StreamProgress => ({
  name,
  status: "waiting",
  records: 0,
  requests: 0,
  bytes: 0,
  retries: 0,
  waited: 0,
  waitsUntil: undefined,
  estimate: undefined,
  span: undefined,
  startedAt: undefined,
  endedAt: undefined,
  problem: undefined,
});

async function* counting(body: AsyncIterable<Uint8Array>, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    counted.bytes += chunk.length;
    yield chunk;
  }
}

/** Slices of time come in their order, up to now: the first one tells how far it is. */
function extend(stream: StreamProgress, interval: Parameters<typeof momentsOf>[0]): void {
  const [from] = momentsOf(interval);
  if (stream.span !== undefined || from === undefined) return;
  const to = Date.now();
  if (from < to) stream.span = { from, to, done: from };
}

/** The borders of a slice that are times, in order. */
function momentsOf(interval: unknown): number[] {
  if (!isObject(interval)) return [];
  return Object.keys(interval)
    .map((key) => get(interval, key))
    .flatMap((value) => (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? [Date.parse(value)] : []))
    .filter((moment) => !Number.isNaN(moment))
    .sort((a, b) => a - b);
}

/** Seconds to come, where something tells how much there is. */
export function secondsLeft(stream: StreamProgress, now: number): number | undefined {
  if (stream.startedAt === undefined || stream.status !== "reading") return undefined;
  const share =
    stream.estimate !== undefined && stream.estimate > 0
      ? stream.records / stream.estimate
      : stream.span === undefined
        ? 0
        : (stream.span.done - stream.span.from) / (stream.span.to - stream.span.from);
  if (share <= 0 || share >= 1) return undefined;
  return (((now - stream.startedAt) / 1000) * (1 - share)) / share;
}
