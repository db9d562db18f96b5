import type { Problem } from "../../testing/checks/problem.ts";
import type { Style } from "../terminal/style.ts";
import type { TestResult } from "./run-tests.ts";

/** A result for people: a line, and below it what is wrong. */
export function textOf(
  { status, name, summary, problems, warnings, notes, milliseconds }: TestResult,
  style: Style,
): string {
  const mark = status === "passed" ? style.green("✓") : status === "failed" ? style.red("✗") : style.dim("-");
  const what = summary === "" ? "" : `  ${style.dim(status === "skipped" ? `skipped: ${summary}` : summary)}`;
  const time = status === "skipped" ? "" : style.dim(`  ${milliseconds} ms`);
  const lines = [
    ...problems.map((problem) => `${style.red("✗")} ${lineOf(problem)}`),
    ...warnings.map((problem) => `${style.yellow("!")} ${lineOf(problem)}`),
    ...notes.map((note) => `${style.dim("·")} ${note}`),
  ];
  return `${mark} ${name}${what}${time}\n${lines.map((line) => `    ${line.replaceAll("\n", "\n      ")}\n`).join("")}`;
}

/** How many tests passed, failed and were skipped. */
export function totals(results: readonly TestResult[], style: Style): string {
  const count = (status: TestResult["status"]): number => results.filter((result) => result.status === status).length;
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  const parts = [
    ...(passed === 0 ? [] : [style.green(`${passed} passed`)]),
    ...(failed === 0 ? [] : [style.red(`${failed} failed`)]),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
  ];
  return parts.length === 0 ? "There are no tests.\n" : `${parts.join(", ")}\n`;
}

export const lineOf = ({ stream, rule, message }: Problem): string =>
  `${stream === undefined ? "" : `${stream}: `}${message} [${rule}]`;
