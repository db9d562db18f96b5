import type { CommandModule } from "yargs";
import { formatOf, formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry bundle`: a connector as one file that Node runs. */
export const bundleCommand: CommandModule<
  object,
  { target: string; out: string; compile: boolean; format: "text" | "json" | undefined }
> = {
  command: "bundle [target]",
  describe: "Makes one JavaScript file of a connector, which needs Node and nothing else.",
  builder: (yargs) =>
    yargs
      .positional("target", { type: "string", default: ".", describe: "The connector's folder or manifest." })
      .option("out", { type: "string", default: "bundle", describe: "The folder to write." })
      .option("compile", {
        type: "boolean",
        default: false,
        describe: "Keep beside it what this Node compiles of it: it starts sooner with the same Node.",
      })
      .option("format", formatOption),
  async handler({ target, out, compile, format }) {
    const [{ openConnector }, { bundleConnector }, { writeBundle }] = await Promise.all([
      import("./connector/open-connector.ts"),
      import("./bundle/bundle-connector.ts"),
      import("./bundle/write-bundle.ts"),
    ]);
    const terminal = processTerminal();
    const bundle = await bundleConnector(await openConnector(target), compile ? process.execPath : undefined);
    const files = await writeBundle(bundle, out);
    if (formatOf(format, terminal, "json") === "json") {
      const { name, version, packages } = bundle;
      return terminal.print(`${JSON.stringify({ name, version, files, packages })}\n`);
    }
    const lines = files.map(({ path, bytes }) => `  ${path}  ${(bytes / 1e6).toFixed(2)} MB`);
    terminal.print(
      `${terminal.style.bold(`${bundle.name} ${bundle.version}`)}, ${bundle.packages.length} packages\n${lines.join("\n")}\n`,
    );
  },
};
