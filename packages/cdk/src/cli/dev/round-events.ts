import { printJson } from "../../json/print.ts";
import type { Json } from "../../json/value.ts";
import { createPositions } from "../manifest/frame.ts";
import { hasNone } from "./differences.ts";
import type { Occasion } from "./print-round.ts";
import type { Round } from "./round.ts";

/** A round as lines of JSON: a line for each problem, stream and error, then one that says that it is over. */
export function roundEvents(round: Round, number: number, { saved, seconds, manifestPath }: Occasion): string {
  const position = createPositions(round.manifest);
  const problems = round.problems.map(({ offset, ...problem }) => ({
    event: "problem",
    file: manifestPath,
    ...problem,
    ...position(offset),
  }));
  const streams = round.streams.map(({ stream, records, requests, errors, differences }) => ({
    event: "stream",
    stream: stream.name,
    records: records.length,
    requests: requests.length,
    errors,
    ...(differences === undefined ? {} : { differences }),
  }));
  const messages = [
    ...round.warnings.map((message) => ({ event: "warning", message })),
    ...round.errors.map((message) => ({ event: "error", message })),
  ];
  const end = {
    event: "round",
    round: number,
    saved,
    read: streams.map(({ stream }) => stream),
    unchanged: round.unchanged,
    ...(round.others === undefined || hasNone(round.others) ? {} : { other_requests: round.others }),
    ...(round.recorded === undefined ? {} : { recorded: round.recorded }),
    milliseconds: Math.round(seconds * 1000),
  };
  return [...problems, ...streams, ...messages, end].map((event) => `${printJson(plain(event))}\n`).join("");
}

/** What holds no undefined: JSON has none. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value as Json; // of JSON, or a Float
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, plain(member)]),
  );
}
