import { relative } from "node:path";
import type { Problem } from "../../manifest/check/problem.ts";
import { printProblems } from "../manifest/frame.ts";
import { amount, duration } from "../terminal/amounts.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { hasNone, isSame } from "./differences.ts";
import { differenceLines, requestLines, section } from "./print-differences.ts";
import type { ReadStream, Round } from "./round.ts";

/** Where and when a round was made, for who reads of it. */
export interface Occasion {
  /** The files that were saved; none for the first round, and where everything is read again on a key. */
  readonly saved: readonly string[];
  readonly seconds: number;
  readonly manifestPath: string | undefined;
  readonly cassette: string | undefined;
}

/** Makes what prints rounds. A warning that was there in the last round is not repeated, nor is it said what is only older. */
export function createRoundPrinter(terminal: Terminal): (round: Round, occasion: Occasion) => void {
  let told: ReadonlySet<string> = new Set();
  return (round, occasion) => {
    const { style } = terminal;
    const lines: string[] = [];
    const file = occasion.manifestPath === undefined ? "" : nearPath(occasion.manifestPath);
    const isNew = (problem: Problem): boolean =>
      problem.severity === "error" || (problem.severity === "warning" && !told.has(nameOf(problem)));
    const news = round.problems.filter(isNew);
    if (news.length > 0) lines.push(printProblems(news, file, round.manifest, style).trimEnd(), "");
    told = new Set(round.problems.map(nameOf));

    for (const warning of round.warnings) lines.push(`${style.yellow("warn")} ${warning}`);
    for (const stream of round.streams) lines.push(...streamLines(stream, terminal));
    if (round.others !== undefined && !hasNone(round.others)) {
      lines.push("other requests", ...section("requests", requestLines(round.others, style), style));
    }
    for (const error of round.errors) lines.push(`${style.red("✗")} ${errorText(error, occasion)}`);
    if (round.recorded !== undefined) {
      const { count, folder } = round.recorded;
      lines.push(`${count} ${count === 1 ? "answer" : "answers"} recorded in ${nearPath(folder)}`);
    }
    terminal.print(`${lines.map((line) => `${line}\n`).join("")}${style.dim(summary(round, occasion))}\n`);
  };

  function streamLines(read: ReadStream, { style }: Terminal): string[] {
    const { stream, records, requests, errors, differences } = read;
    const counts = `${counted(records.length, "record")}, ${counted(requests.length, "request")}`;
    const head = (mark: string, more = ""): string => `${mark} ${style.bold(stream.name)}  ${style.dim(counts)}${more}`;
    if (errors.length > 0) {
      const texts = errors.flatMap((error) => error.split("\n").map((line) => `    ${line}`));
      return [head(style.red("✗")), ...texts];
    }
    if (differences === undefined) return [head(style.green("✓"))];
    if (isSame(differences)) return [head(style.green("="), style.dim("  as before"))];
    return [head(style.yellow("~")), ...differenceLines(differences, stream.source_defined_primary_key ?? [], style)];
  }
}

const errorText = (error: string, { cassette }: Occasion): string =>
  cassette === undefined
    ? `${error}\n  There is no cassette to read from: --live asks the API, and records it.`
    : error;

function summary({ streams, unchanged, problems }: Round, { seconds }: Occasion): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return `${counted(errors, "error")}; nothing was read`;
  const left =
    unchanged.length === 0 ? "" : `, ${unchanged.length} left as ${unchanged.length === 1 ? "it is" : "they are"}`;
  return `${counted(streams.length, "stream")} read${left}  ${duration(seconds)}`;
}

const nameOf = ({ code, message, path }: Problem): string => JSON.stringify([code, message, path]);

const counted = (count: number, word: string): string => `${amount(count)} ${word}${count === 1 ? "" : "s"}`;

/** From here where it lies below. */
export function nearPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
}
