import { relative } from "node:path";
import { lineOf } from "./report-text.ts";
import type { TestResult } from "./run-tests.ts";

/** What GitHub shows beside the file: a line for each problem and warning. */
export function annotationsOf(file: string, results: readonly TestResult[]): string {
  const place = property(relative(process.cwd(), file) || file);
  return results
    .flatMap(({ name, problems, warnings }) => [
      ...problems.map((problem) => `::error file=${place},title=${property(name)}::${data(lineOf(problem))}`),
      ...warnings.map((problem) => `::warning file=${place},title=${property(name)}::${data(lineOf(problem))}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
