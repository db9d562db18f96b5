import { dirname } from "node:path";
import { loadComponents } from "../../entrypoint/components.ts";
import type { LoadOptions } from "../../entrypoint/modules/load-module.ts";
import { problemsOf, readManifest } from "../../manifest/check/check.ts";
import { isAccepted } from "../../manifest/check/issues.ts";
import type { Problem, Severity } from "../../manifest/check/problem.ts";
import { loadLanguage } from "../../manifest/plan.ts";
import { createPositions, printNote, printProblem } from "./frame.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

/** Prints all problems of a manifest. Only errors make the exit code 1. */
export function validateFile(file: string, format: string, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, async (text) => {
    const problems = await problemsIn(text, dirname(file));
    const count = (severity: Severity): number => problems.filter((each) => each.severity === severity).length;
    const errors = count("error");
    const warnings = count("warning");
    const position = createPositions(text);
    if (format === "json") {
      const told = problems.map(({ offset, ...problem }) => ({ ...problem, ...position(offset) }));
      const report = { file, errors, warnings, notes: count("note"), problems: told };
      terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
    } else {
      for (const problem of problems) terminal.print(printOne(problem, file, text, position(problem.offset)));
      terminal.print(`${summary(errors, warnings, file)}\n`);
    }
    return errors > 0 ? 1 : 0;
  });
}

/** A problem as people read it, with the lines around it unless it is a note. */
export function printOne(
  problem: Problem,
  file: string,
  text: string,
  place: { line: number; column: number },
): string {
  if (problem.severity === "note") return `${printNote(problem, file, place)}\n`;
  const stub = problem.stub === undefined ? "" : `\n${problem.stub.replace(/^(?=.)/gm, "    ")}`;
  return `${printProblem(problem, file, text, place)}${stub}\n`;
}

/** All problems of a manifest in a folder. Zod, which says what is wrong, is not needed where nothing is. */
export async function problemsIn(text: string, folder: string, options?: LoadOptions): Promise<Problem[]> {
  const read = readManifest(text);
  if ("fault" in read) return [read.fault];
  const language = await loadLanguage(await loadComponents(folder, options));
  return problemsOf(read, isAccepted(language, read.resolved) ? language : await language.explaining(), folder);
}

function summary(errors: number, warnings: number, file: string): string {
  const counted = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  const found = [...counted(errors, "error"), ...counted(warnings, "warning")];
  return found.length === 0 ? `${file} is valid.` : `${found.join(", ")} in ${file}.`;
}
