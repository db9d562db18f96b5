import type { OpenSource } from "../../entrypoint/run-verb.ts";
import type { State } from "../../protocol/incoming-state.ts";
import type { AirbyteCatalog, ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import type { Source, SourceRun } from "../../source.ts";
import { configureCatalog } from "./configure-catalog.ts";

export interface Discovery {
  /** The names of the streams to read, or what chooses them of those that are discovered; all when left out. */
  readonly streams?: readonly string[] | ((discovered: AirbyteCatalog) => readonly string[] | undefined) | undefined;
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
        ? configured(await source.discover(config, { ...run, emit }), streams)
        : chooseStreams(catalog, streams);
    yield* source.read(current, selected, chosen?.(selected, state) ?? state, run);
  };
}

function configured(discovered: AirbyteCatalog, streams: Discovery["streams"]): ConfiguredAirbyteCatalog {
  return configureCatalog(discovered, typeof streams === "function" ? streams(discovered) : streams);
}

function chooseStreams(catalog: ConfiguredAirbyteCatalog, streams: Discovery["streams"]): ConfiguredAirbyteCatalog {
  if (streams === undefined) return catalog;
  const named = { streams: catalog.streams.map(({ stream }) => stream) };
  const names = configured(named, streams).streams.map(({ stream }) => stream.name); // complains of names that are none
  return { streams: catalog.streams.filter(({ stream }) => names.includes(stream.name)) };
}
