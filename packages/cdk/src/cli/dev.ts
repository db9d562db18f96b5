import type { CommandModule } from "yargs";
import { runDev, type DevArguments } from "./dev/run-dev.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry dev`: reads again whenever a file is saved, and shows what that changed. */
export const devCommand: CommandModule<object, DevArguments> = {
  command: "dev [target]",
  describe: "Watches a connector, reads again what a save changed, and shows the difference.",
  builder: (yargs) =>
    yargs
      .positional("target", { type: "string", default: ".", describe: "A manifest, or the folder of a connector." })
      .option("config", {
        type: "string",
        requiresArg: true,
        describe: "The config; config.json of the folder, else the cassette's own, when left out.",
      })
      .option("replay", {
        type: "string",
        requiresArg: true,
        describe: "The cassette to read from; the connector's own when left out.",
      })
      .option("live", {
        type: "boolean",
        default: false,
        describe: "Asks the API what the cassette does not know, and records the answers there.",
      })
      .option("stream", { type: "string", array: true, describe: "Reads this stream; may be given several times." })
      .option("limit", {
        type: "number",
        default: 1000,
        describe: "Reads so many records of each stream, and no more.",
      })
      .option("once", { type: "boolean", default: false, describe: "Reads once, and does not wait for a save." })
      .option("format", {
        choices: ["text", "jsonl"] as const,
        describe: "For people, or an event a line; the latter where stdout is no terminal.",
      }),
  async handler(args) {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    process.stdout.once("error", onSignal); // the reader has what it wanted
    try {
      process.exitCode = await runDev(args, processTerminal(), { signal: stop.signal, keys: process.stdin });
    } finally {
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    }
  },
};
