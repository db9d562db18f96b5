import { basename } from "node:path";
import type { Source } from "../source.ts";
import { runCommand, type Surroundings } from "./run-command.ts";
import { tuneEngine } from "./tune-engine.ts";
import { watchProcess } from "./watch-process.ts";

/**
 * Runs a source as the command of this process: the one way to run any source. Gives the exit code once all output is
 * written. Ends well on SIGTERM and SIGINT, and turns what is written to stdout past it into LOG messages.
 *
 * @example
 * process.exit(await runSource(source, process.argv.slice(2)));
 */
export function runSource(source: Source, argv: readonly string[]): Promise<number> {
  return runCommand(async () => ({ source }), argv, processSurroundings());
}

/** This process, made ready for one run. */
export function processSurroundings(): Surroundings {
  tuneEngine();
  return {
    program: basename(process.argv[1] ?? "source"),
    env: process.env,
    stdout: process.stdout,
    stderr: (text) => void process.stderr.write(text),
    watch: watchProcess,
  };
}
