import { runCommandLine } from "./command-line.ts";

/**
 * Runs `ferry new` with these arguments, without the other commands. Gives the exit code.
 * @experimental
 */
export function create(argv: readonly string[]): Promise<number> {
  return runCommandLine(["new", ...argv], {
    new: { describe: "Makes a connector.", load: async () => (await import("./new.ts")).newCommand },
  });
}
