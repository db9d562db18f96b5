import type { CommandModule } from "yargs";
import { specTable } from "./run/spec-table.ts";
import { verbOptions, type VerbArguments } from "./run/verb-arguments.ts";
import { processPlace, runVerbCommand, type Place } from "./run/verb-command.ts";

/** `ferry spec`: what can be configured. */
export const specCommand: CommandModule<object, VerbArguments> = {
  command: "spec [target]",
  describe: "Shows what a connector's config may hold.",
  builder: verbOptions,
  async handler(args) {
    process.exitCode = await runSpec(args, processPlace());
  },
};

export const runSpec = (args: VerbArguments, place: Place): Promise<number> =>
  runVerbCommand("spec", args, place, (message, terminal) =>
    message.type === "SPEC" ? { text: specTable(message.spec, terminal), exitCode: 0 } : undefined,
  );
