import { readText } from "../../entrypoint/inputs.ts";
import type { JsonObject } from "../../json/value.ts";
import { loadManifest } from "../../manifest/load.ts";
import { resolveManifest } from "../../manifest/resolve.ts";
import type { Connector } from "./open-connector.ts";

/** The manifest of a connector, its references followed; undefined for a source in code. */
export async function resolvedManifest({
  manifestPath,
}: Pick<Connector, "manifestPath">): Promise<JsonObject | undefined> {
  if (manifestPath === undefined) return undefined;
  return resolveManifest(loadManifest(await readText("manifest", manifestPath), manifestPath));
}
