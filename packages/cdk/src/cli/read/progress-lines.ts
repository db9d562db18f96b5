import { padEnd, padStart } from "../terminal/style.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { amount, bytes, duration } from "../terminal/amounts.ts";
import { secondsLeft, type ProgressModel, type StreamProgress } from "./progress-model.ts";

const FRAMES = "⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏".split(" ");
const MOST = 12; // lines

/** How far a read is: a line for each stream that is read, then one for all. */
export function progressLines(
  model: Pick<ProgressModel, "streams" | "others">,
  { remarks }: Pick<Terminal, "remarks">,
  now: number,
  memory: number,
): readonly string[] {
  if (model.streams.size === 0) return [remarks.dim("  finding out what there is to read")];
  const streams = [...model.streams.values()].filter(({ status }) => status !== "waiting");
  const ordered = [...streams.filter(isRead), ...streams.filter((stream) => !isRead(stream)).reverse()];
  const shown = ordered.slice(0, MOST);
  const widest = Math.max(0, ...shown.map(({ name }) => name.length));
  const frame = FRAMES[Math.floor(now / 100) % FRAMES.length]!;
  const marks = {
    complete: remarks.green("✓"),
    cut: remarks.yellow("…"),
    incomplete: remarks.red("✗"),
    reading: remarks.cyan(frame),
    waiting: " ",
  };
  const lines = shown.map((stream) => {
    const facts = [
      `${padStart(amount(stream.records), 9)} records`,
      padStart(`${amount(rateOf(stream, now))}/s`, 8),
      padStart(bytes(stream.bytes), 8),
      `${amount(stream.requests)} requests`,
      ...(stream.retries > 0 ? [remarks.yellow(`${stream.retries} retries`)] : []),
      ...waitOf(stream, now).map(remarks.yellow),
      ...leftOf(stream, now),
    ];
    return `${marks[stream.status]} ${padEnd(stream.name, widest)} ${facts.join("  ")}`;
  });
  const hidden = ordered.length - shown.length;
  const sum = sumOf(model);
  const rest = [
    `${streams.filter((stream) => !isRead(stream)).length} of ${model.streams.size} streams`,
    `${amount(sum.records)} records`,
    bytes(sum.bytes),
    `${amount(sum.requests)} requests`,
    `memory ${bytes(memory)}`,
  ];
  return [...lines, ...(hidden > 0 ? [`  … and ${hidden} more`] : []), remarks.dim(`  ${rest.join("  ")}`)];
}

/** What was read, at the end. */
export function summary(
  model: Pick<ProgressModel, "streams" | "others">,
  files: ReadonlyMap<string, string>,
  terminal: Pick<Terminal, "width" | "style">,
  seconds: number,
  memory: number,
): string {
  const { style } = terminal;
  const right = { align: "right" as const };
  const columns = [
    { head: "" },
    { head: "stream" },
    { head: "records", ...right },
    { head: "per second", ...right },
    { head: "bytes", ...right },
    { head: "requests", ...right },
    { head: "retries", ...right },
    { head: "waited", ...right },
    { head: files.size > 0 ? "file" : "" },
  ];
  const marks = {
    complete: style.green("✓"),
    cut: style.yellow("…"),
    incomplete: style.red("✗"),
    reading: style.red("✗"),
    waiting: " ",
  };
  const rows = [...model.streams.values()].map((stream) => [
    marks[stream.status],
    style.bold(stream.name),
    amount(stream.records),
    amount(rateOf(stream, stream.endedAt ?? 0)),
    bytes(stream.bytes),
    amount(stream.requests),
    String(stream.retries),
    stream.waited === 0 ? "" : duration(stream.waited),
    files.get(stream.name) ?? "",
  ]);
  const sum = sumOf(model);
  const total = `${amount(sum.records)} records, ${amount(sum.requests)} requests, ${bytes(sum.bytes)} in ${duration(seconds)}; memory ${bytes(memory)}`;
  return `${table(columns, rows, terminal)}\n${total}.\n`;
}

const isRead = ({ status }: StreamProgress): boolean => status === "reading";

function rateOf({ records, startedAt, endedAt }: StreamProgress, now: number): number {
  const seconds = startedAt === undefined ? 0 : ((endedAt ?? now) - startedAt) / 1000;
  return seconds <= 0 ? 0 : Math.round(records / seconds);
}

function waitOf({ waitsUntil }: StreamProgress, now: number): string[] {
  const seconds = ((waitsUntil ?? 0) - now) / 1000;
  return seconds > 0 ? [`waits ${duration(Math.ceil(seconds))}`] : [];
}

function leftOf(stream: StreamProgress, now: number): string[] {
  const seconds = secondsLeft(stream, now);
  return seconds === undefined ? [] : [`about ${duration(seconds)} left`];
}

function sumOf({ streams, others }: Pick<ProgressModel, "streams" | "others">): {
  records: number;
  bytes: number;
  requests: number;
} {
  const sum = { records: 0, bytes: others.bytes, requests: others.requests };
  for (const stream of streams.values()) {
    sum.records += stream.records;
    sum.bytes += stream.bytes;
    sum.requests += stream.requests;
  }
  return sum;
}
