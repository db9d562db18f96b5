import { lineOf } from "./report-text.ts";
import type { TestResult } from "./run-tests.ts";

/** The results as JUnit's XML, which CI servers read. */
export function junitOf(connector: string, results: readonly TestResult[]): string {
  const count = (status: TestResult["status"]): number => results.filter((result) => result.status === status).length;
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
  const cases = results.map(({ section, name, status, problems, summary, milliseconds }) => {
    const head = `    <testcase classname="${xml(`${connector}.${section}`)}" name="${xml(name)}" time="${seconds(milliseconds)}"`;
    if (status === "passed") return `${head}/>`;
    if (status === "skipped") return `${head}>\n      <skipped message="${xml(summary)}"/>\n    </testcase>`;
    const text = problems.map(lineOf).join("\n");
    return `${head}>\n      <failure message="${xml(problems[0] === undefined ? "" : lineOf(problems[0]))}">${xml(text)}</failure>\n    </testcase>`;
  });
  const time = seconds(results.reduce((all, { milliseconds }) => all + milliseconds, 0));
  const counts = `tests="${results.length}" failures="${count("failed")}" skipped="${count("skipped")}" time="${time}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xml(connector)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

/** Without the characters that XML cannot hold at all. */
function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\n": "&#10;",
  };
  return text
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\n]/g, (character) => entities[character]!);
}
