import type { CommandModule } from "yargs";
import { configureCatalog } from "./connector/configure-catalog.ts";
import { catalogTable, catalogTree } from "./run/catalog-tree.ts";
import { verbOptions, type VerbArguments } from "./run/verb-arguments.ts";
import { processPlace, runVerbCommand, type Place } from "./run/verb-command.ts";

interface DiscoverArguments extends VerbArguments {
  readonly stream?: readonly string[] | undefined;
  readonly fields: boolean;
}

/** `ferry discover`: the streams. */
export const discoverCommand: CommandModule<object, DiscoverArguments> = {
  command: "discover [target]",
  describe: "Shows a connector's streams.",
  builder: (yargs) =>
    verbOptions(yargs)
      .option("fields", { type: "boolean", default: false, describe: "With the fields of each stream." })
      .option("stream", { type: "string", array: true, describe: "Shows this stream only, with its fields." }),
  async handler(args) {
    process.exitCode = await runDiscover(args, processPlace());
  },
};

export const runDiscover = (args: DiscoverArguments, place: Place): Promise<number> =>
  runVerbCommand("discover", args, place, (message, terminal) => {
    if (message.type !== "CATALOG") return undefined;
    const { streams } = configureCatalog(message.catalog, args.stream);
    const chosen = { streams: streams.map(({ stream }) => stream) };
    const withFields = args.fields || args.stream !== undefined;
    return { text: withFields ? catalogTree(chosen, terminal) : catalogTable(chosen, terminal), exitCode: 0 };
  });
