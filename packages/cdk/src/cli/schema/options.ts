import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import { configureCatalog } from "../connector/configure-catalog.ts";
import { openConnector, type Connector } from "../connector/open-connector.ts";
import { configToDiscover, declaredStreams } from "./declared-streams.ts";
import { sampleStreams, type StreamSamples } from "./sample-streams.ts";

/** What the commands of `ferry schema` have in common. */
export interface SchemaOptions {
  readonly target: string;
  readonly stream: string | undefined;
  readonly records: string | undefined;
  readonly replay: string | undefined;
  readonly config: string | undefined;
}

export interface Compared extends StreamSamples {
  readonly connector: Connector;
  readonly streams: readonly AirbyteStream[];
}

/** The declared streams that are asked for, and what their records are like. */
export async function compare({ target, stream, records, replay, config }: SchemaOptions): Promise<Compared> {
  const connector = await openConnector(target);
  const source = { records, stream, replay };
  // A cassette is played once: what reads from it discovers first.
  const sampled =
    records === undefined
      ? await sampleStreams(connector, { ...source, config: await configToDiscover(connector, config, replay) })
      : await sampleStreams(connector, { ...source, config: undefined });
  const declared = sampled.declared ?? (await declaredStreams(connector, config, replay)).streams;
  const names = stream === undefined ? undefined : [stream];
  const { streams } = configureCatalog({ streams: [...declared] }, names); // a name that is none is told
  return { ...sampled, connector, streams: streams.map((each) => each.stream) };
}
