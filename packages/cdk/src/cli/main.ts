import { runCommandLine } from "./command-line.ts";
import { groups } from "./groups.ts";

/** Runs a command line of `ferry`. Gives the exit code. */
export const main = (argv: readonly string[]): Promise<number> => runCommandLine(argv, groups);
