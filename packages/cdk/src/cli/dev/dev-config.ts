import { existsSync } from "node:fs";
import { join } from "node:path";
import { isConnectorError } from "../../errors.ts";
import type { JsonObject } from "../../json/value.ts";
import { recordedConfig } from "../connector/cassette-of.ts";
import type { Connector } from "../connector/open-connector.ts";
import { givenConfig, readConfig } from "../connector/read-config.ts";

/** Where a config may lie that does for a cassette. */
const OTHERS = ["test/config.json", "config.example.json"];

/**
 * The config to read by: the given one, else `config.json`, else the one that the cassette was recorded with. Where its
 * secrets are not at hand, that of the cassette does.
 * @param cassette undefined where there is none
 * @throws a config error where a config cannot be read
 */
export async function devConfig(
  given: string | undefined,
  connector: Connector,
  cassette: string | undefined,
): Promise<JsonObject> {
  try {
    const found = await givenConfig(given, connector);
    if (found !== undefined) return found.config;
  } catch (error) {
    const isUnresolved = isConnectorError(error) && error.code === "unresolved-reference";
    if (!isUnresolved || cassette === undefined) throw error;
  }
  if (cassette !== undefined) return recordedConfig(cassette);
  const file = OTHERS.map((name) => join(connector.folder, name)).find((path) => existsSync(path));
  return file === undefined ? {} : (await readConfig(file, connector)).config;
}
