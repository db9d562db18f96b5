import type { Problem } from "../../testing/checks/problem.ts";
import type { TestEntry } from "./acceptance-config.ts";
import type { RunResult } from "./session.ts";

/** What came of one test. */
export interface Outcome {
  /** What it fails of. */
  readonly problems: readonly Problem[];
  /** What it came to, in a few words, such as `2 streams, 40 records`. */
  readonly summary: string;
  /** What could not be tried, and why. */
  readonly notes?: readonly string[];
}

/** What is wrong with any run, whatever it is for. */
export function runProblems({ exitCode, stray, isTimedOut, unrecorded }: RunResult, entry: TestEntry): Problem[] {
  const problems: Problem[] = [];
  if (isTimedOut)
    problems.push({
      rule: "timeout",
      message: `It took longer than ${entry.timeoutSeconds ?? "the allowed"} seconds.`,
    });
  for (const message of unrecorded.slice(0, 5)) problems.push({ rule: "cassette", message });
  if (stray.trim() !== "") {
    const line = stray.trim().split("\n")[0]!;
    problems.push({
      rule: "stdout",
      message: `The connector's code writes to stdout, which is for messages: ${line.slice(0, 200)}`,
    });
  }
  if (exitCode !== 0 && entry.status === "succeed" && problems.length === 0) {
    problems.push({ rule: "exit-code", message: `The exit code is ${exitCode}.` });
  }
  return problems;
}
