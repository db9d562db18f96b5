import { dirname } from "node:path";
import { loadComponents } from "../../entrypoint/components.ts";
import type { LoadOptions } from "../../entrypoint/modules/load-module.ts";
import { problemsOf, readManifest } from "../../manifest/check/check.ts";
import { isAccepted } from "../../manifest/check/issues.ts";
import type { Problem, Severity } from "../../manifest/check/problem.ts";
import { loadLanguage } from "../../manifest/plan.ts";
import { createPositions, printProblems, summarize } from "./frame.ts";
import { withManifest, type ExitCode, type Terminal } from "./terminal.ts";

/** Prints all problems of a manifest. Only errors make the exit code 1. */
export function validateFile(file: string, format: string, terminal: Terminal): Promise<ExitCode> {
  return withManifest(file, terminal, async (text) => {
    const problems = await problemsIn(text, dirname(file));
    const count = (severity: Severity): number => problems.filter((each) => each.severity === severity).length;
    const errors = count("error");
    if (format === "json") {
      const position = createPositions(text);
      const told = problems.map(({ offset, ...problem }) => ({ ...problem, ...position(offset) }));
      const report = { file, errors, warnings: count("warning"), notes: count("note"), problems: told };
      terminal.print(`${JSON.stringify(report, undefined, 2)}\n`);
    } else {
      terminal.print(printProblems(problems, file, text, terminal.style));
      terminal.print(`${summarize(problems, file, terminal.style)}\n`);
    }
    return errors > 0 ? 1 : 0;
  });
}

/** All problems of a manifest in a folder. Zod, which says what is wrong, is not needed where nothing is. */
export async function problemsIn(text: string, folder: string, options?: LoadOptions): Promise<Problem[]> {
  const read = readManifest(text);
  if ("fault" in read) return [read.fault];
  const language = await loadLanguage(await loadComponents(folder, options));
  return problemsOf(read, isAccepted(language, read.resolved) ? language : await language.explaining(), folder);
}
