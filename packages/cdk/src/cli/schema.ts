import type { Argv, CommandModule } from "yargs";
import { diffSchemas } from "./schema/diff-schemas.ts";
import { inferSchemas } from "./schema/infer-schemas.ts";
import type { SchemaOptions } from "./schema/options.ts";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry schema …`: what records are like, and whether that is what is declared. */
export const schemaCommand: CommandModule = {
  command: "schema",
  describe: "Infers streams' schemas from records, and compares them with what is declared.",
  builder: (yargs) =>
    yargs
      .command(
        "infer [target]",
        "Proposes schemas, primary keys and cursors by records of a cassette or a file.",
        (own) =>
          options(own)
            .option("write", { type: "boolean", default: false, describe: "Write the schemas into the manifest." })
            .option("format", formatOption),
        async (given) => {
          process.exitCode = await inferSchemas(given, processTerminal());
        },
      )
      .command(
        "diff [target]",
        "Tells where records of a cassette or a file are otherwise than their schema says.",
        (own) => options(own).option("format", formatOption),
        async (given) => {
          process.exitCode = await diffSchemas(given, processTerminal());
        },
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

const options = (yargs: Argv): Argv<SchemaOptions> =>
  yargs
    .positional("target", { type: "string", default: ".", describe: "A manifest, or the folder of a connector." })
    .option("stream", { type: "string", requiresArg: true, describe: "Only this stream." })
    .option("records", { type: "string", requiresArg: true, describe: "A file of records or messages, one in a line." })
    .option("replay", {
      type: "string",
      requiresArg: true,
      describe: "The cassette; the connector's own when left out.",
    })
    .option("config", { type: "string", requiresArg: true, describe: "The config; the cassette's own when left out." });
