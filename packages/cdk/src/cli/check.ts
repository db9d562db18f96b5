import type { CommandModule } from "yargs";
import { verbOptions, type VerbArguments } from "./run/verb-arguments.ts";
import { processPlace, runVerbCommand, type Place } from "./run/verb-command.ts";

/** `ferry check`: whether the connection works. */
export const checkCommand: CommandModule<object, VerbArguments> = {
  command: "check [target]",
  describe: "Tries a connector's connection.",
  builder: verbOptions,
  async handler(args) {
    process.exitCode = await runCheck(args, processPlace());
  },
};

/** On a terminal a connection that does not work makes the exit code 1; on a pipe it is the connector's own. */
export const runCheck = (args: VerbArguments, place: Place): Promise<number> =>
  runVerbCommand("check", args, place, (message, { style }) => {
    if (message.type !== "CONNECTION_STATUS") return undefined;
    const { status, message: why = "It does not say why." } = message.connectionStatus;
    return status === "SUCCEEDED"
      ? { text: `${style.green("✓")} The connection works.\n`, exitCode: 0 }
      : { text: `${style.red("✗")} The connection does not work: ${why}\n`, exitCode: 1 };
  });
