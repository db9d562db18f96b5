import type { CommandModule } from "yargs";
import { readJson } from "../entrypoint/inputs.ts";
import { parseCatalog } from "../protocol/configured-catalog.ts";
import type { ConfiguredAirbyteCatalog } from "../protocol/messages.gen.ts";
import { configureCatalog } from "./connector/configure-catalog.ts";
import { openConnector } from "./connector/open-connector.ts";
import { givenConfig } from "./connector/read-config.ts";
import { resolvedManifest } from "./connector/resolved-manifest.ts";
import { makePlan } from "./plan/make-plan.ts";
import { manifestFacts, type ManifestFacts } from "./plan/manifest-facts.ts";
import { printPlan, printPlanLines } from "./plan/print-plan.ts";
import { cursorsOf, type StreamCursors } from "./state/cursors.ts";
import { stateSince } from "./state/since.ts";
import { formatOf } from "./terminal/format.ts";
import { processTerminal, type Terminal } from "./terminal/terminal.ts";

export interface PlanArguments {
  readonly target: string;
  readonly config?: string | undefined;
  readonly catalog?: string | undefined;
  readonly state?: string | undefined;
  readonly since?: string | undefined;
  readonly stream?: readonly string[] | undefined;
  readonly slices: number;
  readonly format?: "text" | "jsonl" | undefined;
}

/** `ferry plan`: what would be asked. */
export const planCommand: CommandModule<object, PlanArguments> = {
  command: "plan [target]",
  describe: "Prints the requests that a read would send, without sending any.",
  builder: (yargs) =>
    yargs
      .positional("target", {
        type: "string",
        default: ".",
        describe: "A manifest's file, or the folder of a connector.",
      })
      .option("config", { type: "string", describe: "The config: a file, or the JSON itself." })
      .option("catalog", { type: "string", describe: "A configured catalog's file; all streams when left out." })
      .option("state", { type: "string", describe: "A state's file." })
      .option("since", { type: "string", describe: "As for read." })
      .option("stream", { type: "string", array: true, describe: "Plans this stream; may be given several times." })
      .option("slices", { type: "number", default: 3, describe: "Shows so many slices of each stream." })
      .option("format", { choices: ["text", "jsonl"] as const }),
  async handler(args) {
    process.exitCode = await runPlan(args, processTerminal());
  },
};

export async function runPlan(args: PlanArguments, terminal: Terminal): Promise<number> {
  const connector = await openConnector(args.target);
  const config = await givenConfig(args.config, connector);
  const manifest = await resolvedManifest(connector);
  const facts = manifest && manifestFacts(manifest);
  const cursors = cursorsOf(manifest);
  const given = args.catalog === undefined ? undefined : parseCatalog(await readJson("catalog", args.catalog));
  const catalog = given ?? (facts && declared(facts, cursors, args.stream));
  const inputs = {
    config: config?.config,
    streams: args.stream,
    state: args.state === undefined ? null : await readJson("state", args.state),
    chosen: args.since === undefined ? undefined : stateSince(args.since, cursors),
  };
  const plan = await makePlan(connector, inputs, facts, { slices: args.slices, catalog });
  if (formatOf(args.format, terminal, "jsonl") === "jsonl") {
    terminal.print(printPlanLines(plan));
  } else {
    const names = catalog?.streams.map(({ stream }) => stream.name) ?? [...plan.streams.keys()];
    terminal.print(printPlan(plan, facts, names, args.slices, terminal));
    if (facts?.hasDynamicStreams === true) {
      terminal.complain(
        "The connector has streams that are only known once it is asked for them: they are not shown.\n",
      );
    }
  }
  const failed = plan.streams.get("")?.problem;
  if (failed !== undefined) terminal.complain(`${failed}\n`);
  return failed === undefined ? 0 : 1;
}

/** A catalog of what the manifest declares: `discover` might have to ask. */
function declared(
  { streams }: ManifestFacts,
  { cursors }: StreamCursors,
  names: readonly string[] | undefined,
): ConfiguredAirbyteCatalog {
  return configureCatalog(
    {
      streams: streams.map(({ name, isIncremental }) => {
        const field = cursors.get(name)?.field;
        return {
          name,
          json_schema: {},
          supported_sync_modes: isIncremental ? ["full_refresh", "incremental"] : ["full_refresh"],
          ...(field === undefined ? {} : { default_cursor_field: [field] }),
        };
      }),
    },
    names,
  );
}
