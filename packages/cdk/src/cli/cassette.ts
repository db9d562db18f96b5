import type { Argv, CommandModule } from "yargs";
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
        (own) => withFormat(folder(own, "cassette", "The folder of --record.")),
        async ({ cassette, format }) => {
          const { showCassette } = await import("./cassette/show.ts");
          process.exitCode = await showCassette(cassette, format, processTerminal());
        },
      )
      .command(
        "diff <before> <after>",
        "Says how the API's answers changed: endpoints, statuses, headers, the shape of JSON.",
        (own) => withFormat(folder(folder(own, "before", "The older cassette."), "after", "The newer one.")),
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

const withFormat = <T>(yargs: Argv<T>): Argv<T & { format: "text" | "json" | undefined }> =>
  yargs.option("format", { choices: ["text", "json"] as const, describe: "For people, or for programs." });
