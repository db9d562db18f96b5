import { configError } from "../../errors.ts";
import { fromEntries, entries, get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Message } from "../../protocol/message.ts";
import { errorTrace } from "../../protocol/error-trace.ts";
import type { Surrounding } from "../../open-manifest.ts";
import type { Source, SourceRun } from "../../source.ts";
import { COMMAND } from "../generic-spec.ts";
import type { Inputs } from "../inputs.ts";
import { openBuilderManifest } from "./builder-manifest.ts";
import type { TestLimits } from "./collect.ts";
import { fullyResolved } from "./resolve.ts";
import { testRead } from "./test-read.ts";

const COMMANDS: readonly string[] = ["test_read", "resolve_manifest", "full_resolve_manifest"];

/** Gives the one RECORD that answers the command. */
async function answerCommand(
  manifest: JsonObject,
  config: JsonObject,
  { catalog, state }: Pick<Inputs, "catalog" | "state">,
  surrounding: Surrounding,
  run: SourceRun,
): Promise<Message> {
  const command = get(config, COMMAND);
  if (typeof command !== "string" || !COMMANDS.includes(command)) {
    throw configError(`The config's "${COMMAND}" must be one of ${COMMANDS.join(", ")}.`, { code: "unknown-command" });
  }
  const { maxStreams, ...limits } = limitsOf(get(config, "__test_read_config"));
  const wishes = {
    migrate: get(config, "__should_migrate") === true,
    normalize: get(config, "__should_normalize") === true,
  };
  const opened = await openBuilderManifest(oneAtATime(manifest), wishes, surrounding);
  const testing: SourceRun = { ...run, limits: { pages: limits.maxPages }, test: { slices: limits.maxSlices } };
  switch (command) {
    case "resolve_manifest":
      return record(command, { manifest: opened.shown });
    case "full_resolve_manifest":
      return record(command, { manifest: await fullyResolved(opened, config, maxStreams, testing) });
    default: {
      const name = catalog?.streams[0]?.stream.name;
      if (catalog === undefined || name === undefined) {
        throw configError("test_read needs a catalog with the stream to read.");
      }
      return record(name, await testRead(opened, { config, catalog, state, limits }, testing));
    }
  }
}

/**
 * A source that does what the config's `__command` asks for: it reads one RECORD, or a TRACE that says why there is none. As
 * in the reference that is no failure of the process.
 */
export function builderSource(manifest: JsonObject, surrounding: Surrounding): Source {
  const unused = (): Promise<never> => {
    throw configError(`A config with "${COMMAND}" is for the verb read only.`);
  };
  return {
    spec: async () => ({ connectionSpecification: {} }),
    check: unused,
    discover: unused,
    async *read(config, catalog, state, run) {
      try {
        yield await answerCommand(manifest, config, { catalog, state }, surrounding, run);
      } catch (error) {
        if (run.signal.aborted) throw error;
        yield errorTrace(error);
      }
    },
  };
}

/** As the reference shows it: a connector builder reads one slice at a time. */
function oneAtATime(manifest: JsonObject): JsonObject {
  const level = get(manifest, "concurrency_level");
  const known = isObject(level) ? entries(level) : [["type", "ConcurrencyLevel"] as const];
  return fromEntries([
    ...entries(manifest),
    ["concurrency_level", fromEntries([...known, ["default_concurrency", 1] as const])] as const,
  ]);
}

function limitsOf(given: Json | undefined): TestLimits & { readonly maxStreams: number } {
  const limits = isObject(given) ? given : {};
  const limit = (name: string, usual: number): number => {
    const value = get(limits, name) ?? usual;
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
    throw configError(`The config's __test_read_config.${name} must be a whole number above 0.`);
  };
  return {
    maxRecords: limit("max_records", 100),
    maxPages: limit("max_pages_per_slice", 5),
    maxSlices: limit("max_slices", 5),
    maxStreams: limit("max_streams", 100),
  };
}

/** As in a sync, top-level nulls of a record are left out. */
function record(stream: string, data: JsonObject): Message {
  const shown = fromEntries(entries(data).filter(([, value]) => value !== null));
  return { type: "RECORD", record: { stream, data: shown, emitted_at: Date.now() } };
}
