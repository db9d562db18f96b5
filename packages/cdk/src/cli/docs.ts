import type { CommandModule } from "yargs";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";
import type { DocsOptions } from "./docs/write-docs.ts";

/** `ferry docs`: what a connector needs and what it reads, as a page. */
export const docsCommand: CommandModule<object, DocsOptions> = {
  command: "docs [target]",
  describe: "Writes a connector's page and README from its manifest.",
  builder: (yargs) =>
    yargs
      .positional("target", {
        type: "string",
        default: ".",
        describe: "A manifest's file, the folder of a connector, or an image.",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "The folder for README.md and the page; the page goes to stdout when left out.",
      })
      .option("check", {
        type: "boolean",
        default: false,
        describe: "Writes nothing; ends with 1 where the files of --out (else beside the connector) are out of date.",
      })
      .option("config", {
        type: "string",
        requiresArg: true,
        describe: "A config, to ask the connector for the streams that it has with it.",
      })
      .option("format", formatOption),
  async handler(options) {
    const { writeDocs } = await import("./docs/write-docs.ts");
    process.exitCode = await writeDocs(options, processTerminal());
  },
};
