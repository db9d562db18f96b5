import type { Argv, CommandModule } from "yargs";
import { formatOption } from "./terminal/format.ts";
import { processTerminal } from "./terminal/terminal.ts";

/** `ferry metadata …`: what a connector registry is told. */
export const metadataCommand: CommandModule = {
  command: "metadata",
  describe: "Writes, checks and versions metadata.yaml, by the rules of Airbyte's connector registry.",
  builder: (yargs) =>
    yargs
      .command(
        "init [target]",
        "Writes a metadata.yaml and an icon for a connector.",
        (own) =>
          ofTarget(own)
            .option("name", { type: "string", describe: "source-NAME; the package's or the folder's when left out." })
            .option("image", { type: "string", describe: "The image's repository, such as airbyte/source-shop." })
            .option("license", { type: "string", describe: "The package's, or MIT, when left out." })
            .option("documentation", { type: "string", describe: "The address of the connector's documentation." })
            .option("force", { type: "boolean", default: false, describe: "Write it anew; its definitionId stays." }),
        async ({ force, ...options }) => {
          const { initMetadata } = await import("./metadata/init.ts");
          await initMetadata({ ...options, isForced: force }, processTerminal());
        },
      )
      .command(
        "validate [target]",
        "Says what a registry would refuse, and what does not fit the manifest.",
        (own) =>
          ofTarget(own)
            .option("against", {
              type: "string",
              describe:
                "A commit, file or folder: the version must have taken the step that the changes since then ask for.",
            })
            .option("format", {
              choices: ["text", "json"] as const,
              default: "text" as const,
              describe: "For people, or for programs.",
            }),
        async ({ target, against, format }) => {
          const { validateMetadata } = await import("./metadata/validate.ts");
          process.exitCode = await validateMetadata(target, { against, format }, processTerminal());
        },
      )
      .command(
        "bump [step] [target]",
        "Sets the next version, by what changed in the manifest; a major one gets its breaking change.",
        (own) =>
          ofTarget(
            own.positional("step", {
              choices: ["auto", "major", "minor", "patch"] as const,
              default: "auto" as const,
              describe: "auto finds it out.",
            }),
          )
            .option("against", {
              type: "string",
              describe: "What to compare with: a commit, a file or a folder; auto takes HEAD.",
            })
            .option("message", {
              type: "string",
              describe: "What users of a major version are told; else what was found.",
            })
            .option("deadline", {
              type: "string",
              describe: "The day by which they have to upgrade; in 30 days when left out.",
            })
            .option("guide", { type: "string", describe: "The address of the migration guide." })
            .option("dry-run", { type: "boolean", default: false, describe: "Only say what would be written." })
            .option("format", formatOption),
        async ({ dryRun, ...options }) => {
          const { bumpMetadata } = await import("./metadata/bump.ts");
          await bumpMetadata({ ...options, isDry: dryRun, now: new Date() }, processTerminal());
        },
      )
      .demandCommand(1, "A command is missing."),
  handler: () => undefined,
};

const ofTarget = <T>(yargs: Argv<T>): Argv<T & { target: string }> =>
  yargs.positional("target", {
    type: "string",
    default: ".",
    describe: "The connector's folder, or its metadata.yaml.",
  });
