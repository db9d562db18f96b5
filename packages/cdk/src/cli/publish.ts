import type { CommandModule } from "yargs";
import { configError } from "../errors.ts";
import { createSend } from "../http/send.ts";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

interface Options {
  readonly target: string;
  readonly tag: string | undefined;
  readonly platform: string | undefined;
  readonly base: string;
  readonly insecure: boolean;
  readonly push: boolean;
  readonly airbyte: string | undefined;
  readonly api: "config" | "public";
  readonly workspace: string | undefined;
  readonly name: string | undefined;
  readonly format: "text" | "json" | undefined;
}

/** `ferry publish`: from a folder to a source in a workspace of Airbyte. */
export const publishCommand: CommandModule<object, Options> = {
  command: "publish [target]",
  describe: "Pushes a connector's image and makes it a custom source of an Airbyte workspace.",
  builder: (yargs) =>
    yargs
      .positional("target", { type: "string", default: ".", describe: "The connector's folder or manifest." })
      .option("tag", { type: "string", describe: "REGISTRY/REPOSITORY:TAG, from where the platform pulls it." })
      .option("platform", {
        type: "string",
        describe: "Such as linux/amd64,linux/arm64; this machine's when left out.",
      })
      .option("base", { type: "string", default: "node", describe: "See ferry image build." })
      .option("insecure", { type: "boolean", default: false, describe: "Speak plain HTTP with the registry." })
      .option("push", {
        type: "boolean",
        default: true,
        describe: "--no-push registers an image that is there already.",
      })
      .option("airbyte", { type: "string", describe: "The instance, such as http://localhost:8000; else AIRBYTE_URL." })
      .option("api", {
        choices: ["config", "public"] as const,
        default: "config" as const,
        describe: "The internal API, which also tells the spec, or the public one.",
      })
      .option("workspace", { type: "string", describe: "Its id or name; the only one when left out." })
      .option("name", { type: "string", describe: "The source's name in Airbyte; the connector's own when left out." })
      .option("format", formatOption),
  async handler(options) {
    const { env } = process;
    const url = options.airbyte ?? env["AIRBYTE_URL"];
    if (url === undefined) throw configError("Which Airbyte? Name the instance with --airbyte or AIRBYTE_URL.");
    if (options.tag === undefined) throw configError("Which image? Name it with --tag REGISTRY/REPOSITORY:TAG.");
    const { publish } = await import("./publish/publish.ts");
    const signal = new AbortController().signal;
    await publish({ ...options, url, tag: options.tag, env, send: createSend(env), signal }, processTerminal());
  },
};
