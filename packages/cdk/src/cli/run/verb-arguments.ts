import type { Argv } from "yargs";

/** What the command lines of `ferry spec`, `check`, `discover` and `read` have in common. */
export interface VerbArguments {
  readonly target: string;
  readonly config?: string | undefined;
  readonly format?: "text" | "json" | "jsonl" | undefined;
  readonly debug: boolean;
  readonly traceHttp?: string | undefined;
  readonly har?: string | undefined;
  readonly profile?: boolean | undefined;
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
}

export function verbOptions<T>(yargs: Argv<T>): Argv<T & VerbArguments> {
  return yargs
    .positional("target", {
      type: "string",
      default: ".",
      describe: "A manifest's file, or the folder of a connector.",
    })
    .option("config", {
      type: "string",
      describe: "The config: a file, or the JSON itself; config.json of the connector's folder when left out.",
    })
    .option("format", {
      choices: ["text", "json", "jsonl"] as const,
      describe: "For people, as one JSON value, or as lines of the protocol; the last where stdout is no terminal.",
    })
    .option("trace-http", {
      type: "string",
      choices: ["tree", "curl"] as const,
      coerce: (given: string | undefined) => (given === "" ? "tree" : given),
      describe: "Shows each request on stderr, and what became of it; or as curl commands.",
    })
    .option("har", { type: "string", describe: "Writes all requests and answers into this file, as HTTP Archive." })
    .option("profile", { type: "boolean", default: false, describe: "Says at the end where the time went." })
    .option("record", { type: "string", describe: "Records all requests and answers into this cassette's folder." })
    .option("replay", { type: "string", describe: "Plays a cassette: nothing connects to anywhere." })
    .conflicts("record", "replay")
    .option("debug", { type: "boolean", default: false, describe: "Shows what is logged for debugging." });
}
