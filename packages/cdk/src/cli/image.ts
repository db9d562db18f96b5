import type { CommandModule } from "yargs";
import { configError } from "../errors.ts";
import { createSend } from "../http/send.ts";
import { formatOf, formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry image …`: images of connectors, built and tried. */
export const imageCommand: CommandModule = {
  command: "image",
  describe: "Builds images of connectors without a container engine, and tries them.",
  builder: (yargs) =>
    yargs
      .command(
        "build [target]",
        "Builds an image of a connector: a folder or a manifest.",
        (own) =>
          own
            .positional("target", { type: "string", default: ".", describe: "The connector's folder or manifest." })
            .option("tag", {
              type: "string",
              describe: "REGISTRY/REPOSITORY:TAG; the connector's name and version when left out.",
            })
            .option("platform", {
              type: "string",
              describe: "Such as linux/amd64,linux/arm64; this machine's when left out.",
            })
            .option("base", {
              type: "string",
              default: "node",
              describe: "node (of this machine), oci:FOLDER, a file that ends in .tar, or an image with its registry.",
            })
            .option("output", {
              type: "string",
              array: true,
              default: ["docker:image.tar"],
              describe: "oci:FOLDER, docker:FILE or registry; may be given several times.",
            })
            .option("label", { type: "string", array: true, default: [], describe: "NAME=VALUE, more labels." })
            .option("generic", {
              type: "boolean",
              default: false,
              describe:
                "Build source-declarative-manifest: the manifest comes with the config, or is put into the image later.",
            })
            .option("insecure", { type: "boolean", default: false, describe: "Speak plain HTTP with the registry." })
            .option("format", formatOption),
        async ({ target, tag, platform, base, output, label, generic, insecure, format }) => {
          const [{ buildImage, megabytes }, { openConnector }] = await Promise.all([
            import("./image/build.ts"),
            import("./connector/open-connector.ts"),
          ]);
          const terminal = processTerminal();
          const { env } = process;
          const built = await buildImage(
            {
              connector: generic ? undefined : await openConnector(target),
              tag,
              platform,
              base,
              output,
              labels: labelsOf(label),
              registry: { send: createSend(env), env, signal: new AbortController().signal, insecure },
            },
            terminal,
          );
          if (formatOf(format, terminal, "json") === "json") return terminal.print(`${JSON.stringify(built)}\n`);
          const { style } = terminal;
          terminal.print(
            [
              `${style.bold(built.tag)} for ${built.platforms.join(", ")}`,
              `  ${built.digest}`,
              `  the connector's own layer: ${megabytes(built.ownLayer)}`,
              ...built.outputs.map((one) => `  ${style.green("→")} ${one}`),
              "",
            ].join("\n"),
          );
        },
      )
      .command(
        "test <image>",
        "Runs spec, check, discover and read of an image as Airbyte does: read-only, as user 1000, with little memory.",
        (own) =>
          own
            .positional("image", {
              type: "string",
              demandOption: true,
              describe: "An image that the engine has or can pull.",
            })
            .option("config", { type: "string", describe: "A config, a file or JSON; without one only spec is tried." })
            .option("catalog", {
              type: "string",
              describe: "A configured catalog; all streams are read when left out.",
            })
            .option("engine", { type: "string", describe: "podman or docker, with flags of its own." })
            .option("memory", {
              type: "string",
              default: "1g",
              describe: "The memory that a verb may use; empty for no limit.",
            })
            .option("network", {
              type: "string",
              default: "host",
              describe: "The network of check, discover and read.",
            })
            .option("volume", { type: "string", array: true, default: [], describe: "FROM:TO:ro, a folder to mount." })
            .option("run-flags", { type: "string", default: "", describe: "More flags of the engine's run command." })
            .option("timeout", { type: "number", default: 300, describe: "Seconds for each verb." })
            .option("format", formatOption),
        async (options) => {
          const { testImage } = await import("./image/test.ts");
          process.exitCode = await testImage(options, processTerminal());
        },
      )
      .command(
        "dockerfile [target]",
        "Writes a Dockerfile of a connector, for those who build with an engine.",
        (own) =>
          own
            .positional("target", { type: "string", default: ".", describe: "The connector's folder or manifest." })
            .option("base", { type: "string", describe: "The image that is built on; one with Node and npm." })
            .option("check", { type: "boolean", default: false, describe: "Only say whether the file is up to date." })
            .option("force", { type: "boolean", default: false, describe: "Replace a Dockerfile that you wrote." })
            .option("format", formatOption),
        async ({ target, ...options }) => {
          const [{ writeDockerfile }, { openConnector }] = await Promise.all([
            import("./image/write-dockerfile.ts"),
            import("./connector/open-connector.ts"),
          ]);
          process.exitCode = await writeDockerfile(await openConnector(target), options, processTerminal());
        },
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

function labelsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at <= 0) throw configError(`--label ${text} is no label: write NAME=VALUE.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
