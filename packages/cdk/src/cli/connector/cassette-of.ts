import { existsSync } from "node:fs";
import { join } from "node:path";
import { readRecordedConfig } from "../../cassette/recording-file.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Connector } from "./open-connector.ts";

/** The cassette that a command plays: the named one, else `cassette` in the connector's folder, whether it is there or not. */
export const cassetteOf = ({ folder }: Pick<Connector, "folder">, named: string | undefined): string =>
  named ?? join(folder, "cassette");

/** The named cassette, else the one in the connector's folder where it is there. */
export function existingCassette(connector: Pick<Connector, "folder">, named: string | undefined): string | undefined {
  const cassette = cassetteOf(connector, named);
  return named !== undefined || existsSync(cassette) ? cassette : undefined;
}

/** The config that a cassette was recorded with, its secrets as placeholders; {} where it keeps none. */
export const recordedConfig = async (cassette: string): Promise<JsonObject> =>
  (await readRecordedConfig(cassette)) ?? {};
