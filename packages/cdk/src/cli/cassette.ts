import type { Argv, CommandModule } from "yargs";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry cassette …`: what is in a cassette, and how an API drifted from one to another. */
export const cassetteCommand: CommandModule = {
  command: "cassette",
  describe: "Shows what was recorded, and what changed since.",
  builder: (yargs) =>
    yargs
      .command(
        "show <cassette>",
        "Lists the recorded requests and answers.",
        (own) => folder(own, "cassette", "The folder of --record.").option("format", formatOption),
        async ({ cassette, format }) => {
          const { showCassette } = await import("./cassette/show.ts");
          process.exitCode = await showCassette(cassette, format, processTerminal());
        },
      )
      .command(
        "diff <before> <after>",
        "Says how the API's answers changed: endpoints, statuses, headers, the shape of JSON.",
        (own) =>
          folder(folder(own, "before", "The older cassette."), "after", "The newer one.").option(
            "format",
            formatOption,
          ),
        async ({ before, after, format }) => {
          const { diffCassettes } = await import("./cassette/diff.ts");
          process.exitCode = await diffCassettes(before, after, format, processTerminal());
        },
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

const folder = <T, N extends string>(yargs: Argv<T>, name: N, describe: string): Argv<T & Record<N, string>> =>
  yargs.positional(name, { type: "string", demandOption: true, describe }); // what it was told
