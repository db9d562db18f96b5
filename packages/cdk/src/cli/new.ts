import type { CommandModule } from "yargs";
import { newConnector } from "./new/new-connector.ts";
import { templateNames } from "./new/project/template-project.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry new NAME`: a connector to begin with. */
export const newCommand: CommandModule = {
  command: "new [name]",
  describe: "Makes a connector: from a template, an OpenAPI description, curl commands or a HAR file.",
  builder: (yargs) =>
    yargs
      .positional("name", {
        type: "string",
        describe: "Such as source-shop; also the folder, if --dir names no other.",
      })
      .option("template", {
        choices: templateNames,
        describe: "What it is made of: a manifest, code, or a manifest with components in code.",
      })
      .option("from-openapi", {
        type: "string",
        requiresArg: true,
        describe: "A description of the API: OpenAPI 3 or Swagger 2.",
      })
      .option("from-curl", { type: "string", array: true, requiresArg: true, describe: "One or more curl commands." })
      .option("from-har", { type: "string", requiresArg: true, describe: "A HAR file, as browsers save it." })
      .option("url", {
        type: "string",
        requiresArg: true,
        describe: "The API's address, where it is not what was given says.",
      })
      .option("streams", {
        type: "string",
        requiresArg: true,
        coerce: (text: string) => text.split(","),
        describe: "Only these streams, separated by commas.",
      })
      .option("probe", {
        type: "boolean",
        describe: "Send the curl commands once, to learn from the answers.",
      })
      .option("dir", { type: "string", requiresArg: true, describe: "The folder to make it in." })
      .option("force", {
        type: "boolean",
        default: false,
        describe: "Make it in a folder that is not empty, over the files there.",
      })
      .option("format", { choices: ["text", "json"] as const, describe: "How to tell what was made." })
      .conflicts("from-openapi", ["from-curl", "from-har"])
      .conflicts("from-curl", "from-har")
      .implies("probe", "from-curl"),
  async handler(given) {
    process.exitCode = await newConnector(given, processTerminal());
  },
};
