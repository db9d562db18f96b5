import { existsSync } from "node:fs";
import { join } from "node:path";
import { configError } from "../../errors.ts";
import type { JsonObject } from "../../json/value.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { readConfig } from "../connector/read-config.ts";
import { runVerb } from "../connector/run-verb.ts";
import { existingCassette, recordedConfig } from "../connector/cassette-of.ts";

/** Where a config may lie that is good enough to discover streams by. */
const CONFIGS = ["test/config.json", "config.json"];

/** The streams that a connector says it has, and the config they were asked by. */
export async function declaredStreams(
  connector: Connector,
  given: string | undefined,
  replay: string | undefined,
): Promise<{ readonly streams: AirbyteStream[]; readonly config: JsonObject }> {
  const config = await configToDiscover(connector, given, replay);
  const problems: string[] = [];
  const streams: AirbyteStream[] = [];
  await runVerb(
    connector,
    "discover",
    { config },
    {
      onMessage(message) {
        if (message.type === "CATALOG") streams.push(...message.catalog.streams);
        if (message.type === "TRACE" && message.trace.error !== undefined) problems.push(message.trace.error.message);
      },
      // Where schemas are asked for, the answers of the cassette are taken.
      tapes: { replay: given === undefined ? existingCassette(connector, replay) : replay },
    },
  );
  if (problems.length > 0) throw configError(problems.join("\n"));
  return { streams, config };
}

/** The given config, else that of the cassette, else one that lies about. */
export async function configToDiscover(
  connector: Connector,
  given: string | undefined,
  replay: string | undefined,
): Promise<JsonObject> {
  if (given !== undefined) return (await readConfig(given, connector)).config;
  const cassette = existingCassette(connector, replay);
  if (cassette !== undefined) return recordedConfig(cassette);
  const file = CONFIGS.map((name) => join(connector.folder, name)).find((path) => existsSync(path));
  return file === undefined ? {} : (await readConfig(file, connector)).config;
}
