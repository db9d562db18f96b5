import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import { configureCatalog } from "../connector/configure-catalog.ts";
import { openConnector, type Connector } from "../connector/open-connector.ts";
import { declaredStreams } from "./declared-streams.ts";
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
  const declared = await declaredStreams(connector, config, replay);
  const { streams } = configureCatalog(declared, stream === undefined ? undefined : [stream]); // a name that is none is told
  const sampled = await sampleStreams(connector, { records, stream, replay, config: declared.config });
  return { ...sampled, connector, streams: streams.map((each) => each.stream) };
}
