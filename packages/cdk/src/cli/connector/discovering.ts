import type { OpenSource } from "../../entrypoint/run-verb.ts";
import type { State } from "../../protocol/incoming-state.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import type { Source, SourceRun } from "../../source.ts";
import { configureCatalog } from "./configure-catalog.ts";

export interface Discovery {
  /** The names of the streams to read; all when left out. */
  readonly streams?: readonly string[] | undefined;
  /** The catalog that a file gave: then nothing is discovered, and only those of its streams are read that are named. */
  readonly catalog?: ConfiguredAirbyteCatalog | undefined;
  /** Told what is read, before it is; what it gives is the state to start from. */
  readonly chosen?: ((catalog: ConfiguredAirbyteCatalog, state: State) => State) | undefined;
}

/** The source whose `read` finds out by itself what there is to read. */
export function discovering(open: OpenSource, discovery: Discovery): OpenSource {
  return async (args, inputs) => {
    const opened = await open(args, inputs);
    return { ...opened, source: { ...opened.source, read: readDiscovered(opened.source, discovery) } };
  };
}

function readDiscovered(source: Source, { streams, catalog, chosen }: Discovery): Source["read"] {
  return async function* (config, _, state, run) {
    let current = config;
    const emit: SourceRun["emit"] = (message) => {
      // A token that may be used once was used: what reads needs the one after it.
      if (message.type === "CONTROL") current = message.control.connectorConfig?.config ?? current;
      run.emit(message);
    };
    const selected =
      catalog === undefined
        ? configureCatalog(await source.discover(config, { ...run, emit }), streams)
        : chooseStreams(catalog, streams);
    yield* source.read(current, selected, chosen?.(selected, state) ?? state, run);
  };
}

function chooseStreams(
  catalog: ConfiguredAirbyteCatalog,
  names: readonly string[] | undefined,
): ConfiguredAirbyteCatalog {
  if (names === undefined) return catalog;
  configureCatalog({ streams: catalog.streams.map(({ stream }) => stream) }, names); // complains of names that are none
  return { streams: catalog.streams.filter(({ stream }) => names.includes(stream.name)) };
}
