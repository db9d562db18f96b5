import type { CommandModule } from "yargs";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";
import { SECTIONS, type Section } from "./test/acceptance-config.ts";

interface Arguments {
  target: string;
  config: string | undefined;
  section: Section[] | undefined;
  record: string | undefined;
  replay: string | undefined;
  live: boolean;
  junit: string | undefined;
  annotations: "github" | "none" | undefined;
  format: "text" | "json" | undefined;
}

/** `ferry test`: what `acceptance-test-config.yml` asks for, and what the protocol asks of every connector. */
export const testCommand: CommandModule<object, Arguments> = {
  command: "test [target]",
  describe: "Tests a connector, live or from a cassette.",
  builder: (yargs) =>
    yargs
      .positional("target", { type: "string", default: ".", describe: "A manifest, or the folder of a connector." })
      .option("config", { type: "string", describe: "The config for tests that name none." })
      .option("section", { choices: SECTIONS, array: true, describe: "Only these tests." })
      .option("record", { type: "string", describe: "Asks the API, and records all of it into this folder." })
      .option("replay", { type: "string", describe: "Plays from this folder; from `cassette` where that is there." })
      .option("live", { type: "boolean", default: false, describe: "Asks the API, even where there is a cassette." })
      .option("junit", { type: "string", describe: "Writes the results to this file, as XML for CI servers." })
      .option("annotations", {
        choices: ["github", "none"] as const,
        default: process.env["GITHUB_ACTIONS"] === "true" ? ("github" as const) : ("none" as const),
        describe: "Marks the problems for a CI.",
      })
      .option("format", formatOption),
  async handler({ section, ...command }) {
    const { testConnector } = await import("./test/test-connector.ts");
    process.exitCode = await testConnector({ ...command, sections: section }, processTerminal());
  },
};
