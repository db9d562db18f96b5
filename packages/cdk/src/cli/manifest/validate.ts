import { checkManifest } from "../../manifest/check/check.ts";
import type { Problem } from "../../manifest/check/problem.ts";
import { loadLanguage } from "../../manifest/plan.ts";
import { createPositions, printProblem } from "./frame.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

/** Prints all problems of a manifest. Only errors make the exit code 1. */
export function validateFile(file: string, format: string, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, async (text) => {
    const problems = checkManifest(text, await loadLanguage([]));
    const errors = problems.filter(({ severity }) => severity === "error").length;
    const position = createPositions(text);
    if (format === "json") {
      const told = problems.map(({ offset, ...problem }) => ({ ...problem, ...position(offset) }));
      const report = { file, errors, warnings: problems.length - errors, problems: told };
      terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
    } else {
      for (const problem of problems)
        terminal.print(`${printProblem(problem, file, text, position(problem.offset))}\n`);
      terminal.print(`${summary(problems, errors, file)}\n`);
    }
    return errors > 0 ? 1 : 0;
  });
}

function summary(problems: readonly Problem[], errors: number, file: string): string {
  if (problems.length === 0) return `${file} is valid.`;
  const counted = (count: number, word: string): string[] =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  return `${[...counted(errors, "error"), ...counted(problems.length - errors, "warning")].join(", ")} in ${file}.`;
}
