import type { CommandModule } from "yargs";
import { processTerminal } from "./terminal/terminal.ts";
import { writeTypes, type TypesOptions } from "./types/write-types.ts";

/** `ferry types`: TypeScript types and zod schemas of a connector's records. */
export const typesCommand: CommandModule<object, TypesOptions> = {
  command: "types [target]",
  describe: "Writes TypeScript types and zod schemas of a connector's streams.",
  builder: (yargs) =>
    yargs
      .positional("target", { type: "string", default: ".", describe: "A manifest, or the folder of a connector." })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "The folder to write records.d.ts and records.zod.ts to; printed when left out.",
      })
      .option("only", { choices: ["types", "zod"] as const, describe: "Only the types, or only the zod schemas." })
      .option("stream", { type: "string", requiresArg: true, describe: "Only this stream." })
      .option("replay", {
        type: "string",
        requiresArg: true,
        describe: "The cassette to infer what is not declared from; the connector's own when left out.",
      })
      .option("config", {
        type: "string",
        requiresArg: true,
        describe: "The config; the cassette's own when left out.",
      }),
  async handler(given) {
    process.exitCode = await writeTypes(given, processTerminal());
  },
};
