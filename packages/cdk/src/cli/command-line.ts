import { fileURLToPath } from "node:url";
import yargs, { type CommandModule } from "yargs";
import { errorMessage } from "../protocol/error-trace.ts";
import { nearestPackage } from "../entrypoint/modules/nearest-package.ts";
import { isConnectorError } from "../errors.ts";
import type { CommandGroup } from "./groups.ts";

/**
 * Runs a command line of `ferry`. Gives the exit code: 1 for a command that failed, 2 for a command line that is not
 * understood, which is explained on stderr. A command says that it failed by throwing, or by `process.exitCode`.
 */
export async function runCommandLine(
  argv: readonly string[],
  groups: Readonly<Record<string, CommandGroup>>,
): Promise<number> {
  const called = argv.find((argument) => !argument.startsWith("-"));
  const modules = await Promise.all(
    Object.entries(groups).map(async ([name, { describe, load }]) =>
      name === called ? load() : named(name, describe),
    ),
  );
  const parser = modules
    .reduce((commands, module) => commands.command(module), yargs().scriptName("ferry"))
    .demandCommand(1, "A command is missing.")
    .recommendCommands()
    .strict()
    .version(nearestPackage(fileURLToPath(import.meta.url))?.version ?? "")
    .wrap(null)
    .exitProcess(false)
    .fail((problem: string | null, error: unknown) => {
      // Thrown, so that the command does not run all the same.
      throw error ?? new UsageProblem(problem ?? "The command line is not understood.");
    });
  try {
    await parser.parseAsync([...argv]);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof UsageProblem) {
      process.stderr.write(`${error.message}\n\n${await parser.getHelp()}\n`);
      return 2;
    }
    process.stderr.write(`${errorMessage(error)}\n`);
    if (!isConnectorError(error) && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
    return 1;
  }
}

/** A command line that is not understood. */
class UsageProblem extends Error {}

/** A group that is only listed. */
const named = (command: string, describe: string): CommandModule => ({ command, describe, handler: () => undefined });
