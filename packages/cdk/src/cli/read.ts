import type { CommandModule } from "yargs";
import { outFormats } from "./out/open-out.ts";
import { runRead, type ReadArguments } from "./read/run-read.ts";
import { verbOptions } from "./run/verb-arguments.ts";
import { processPlace } from "./run/verb-command.ts";

/** `ferry read`: the records. */
export const readCommand: CommandModule<object, ReadArguments> = {
  command: "read [target]",
  describe: "Reads a connector's streams.",
  builder: (yargs) =>
    verbOptions(yargs)
      .option("catalog", { type: "string", describe: "A configured catalog's file; all streams when left out." })
      .option("state", { type: "string", describe: "A state's file, to read what came since." })
      .option("state-out", { type: "string", describe: "The file that the last states are written to." })
      .option("stream", { type: "string", array: true, describe: "Reads this stream; may be given several times." })
      .option("limit", { type: "number", describe: "Reads so many records of each stream, and no more." })
      .option("pages", { type: "number", describe: "Reads so many pages of each slice." })
      .option("slices", { type: "number", describe: "Reads so many slices of each stream." })
      .option("since", { type: "string", describe: "Reads incremental streams from this time on, such as 2026-01-31." })
      .option("out", { type: "string", describe: "A file or a folder for the records." })
      .option("out-format", { choices: outFormats, describe: "The form of the files; as --out ends, or jsonl." }),
  async handler(args) {
    process.exitCode = await runRead(args, processPlace());
  },
};
