import type { Argv, CommandModule } from "yargs";
import { explainFile } from "./manifest/explain.ts";
import { migrateFile } from "./manifest/migrate.ts";
import { resolveFile } from "./manifest/resolve.ts";
import { printSchema } from "./manifest/schema.ts";
import type { ExitCode } from "./manifest/terminal.ts";
import { validateFile } from "./manifest/validate.ts";
import { tuneEngine } from "../entrypoint/tune-engine.ts";
import { processTerminal } from "./terminal/terminal.ts";

const terminal = processTerminal();

/** `ferry manifest …`: what can be done with a manifest without running it. */
export const manifestCommand: CommandModule = {
  command: "manifest",
  describe: "Checks, explains and migrates manifests.",
  builder: (yargs) =>
    yargs
      .command(
        "validate <file>",
        "Says all that is wrong with a manifest, and all that is odd.",
        (own) => ofFile(own).option("format", { choices: ["text", "json"] as const, default: "text" }),
        ({ file, format }) => run(() => validateFile(file, format, terminal)),
      )
      .command(
        "resolve <file>",
        "Prints a manifest with references, parameters and types resolved.",
        (own) =>
          ofFile(own)
            .option("migrate", { type: "boolean", default: false, describe: "Bring older forms up to date." })
            .option("normalize", { type: "boolean", default: false, describe: "Share what stands in it twice." }),
        ({ file, migrate, normalize }) => run(() => resolveFile(file, { migrate, normalize }, terminal)),
      )
      .command(
        "explain <file> <path>",
        "Prints a part of a manifest, such as streams.users.retriever, and whence each field comes.",
        (own) => ofFile(own).positional("path", { type: "string", demandOption: true }),
        ({ file, path }) => run(() => explainFile(file, path, terminal)),
      )
      .command(
        "migrate <file>",
        "Rewrites older forms in a manifest; comments and order stay.",
        (own) =>
          ofFile(own)
            .option("write", { type: "boolean", describe: "Write the new text into the file." })
            .option("check", { type: "boolean", describe: "Only say what would be rewritten." })
            .conflicts("write", "check"),
        ({ file, write, check }) => run(() => migrateFile(file, check ? "check" : write ? "write" : "print", terminal)),
      )
      .command("schema", "Prints the JSON Schema of manifests, for editors.", {}, () =>
        run(() => printSchema(terminal)),
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

const ofFile = (yargs: Argv): Argv<{ file: string }> =>
  yargs.positional("file", { type: "string", demandOption: true, describe: "The manifest's file." });

async function run(command: () => Promise<ExitCode>): Promise<void> {
  tuneEngine();
  process.exitCode = await command();
}
