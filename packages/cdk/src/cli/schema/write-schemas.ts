import { readFile, writeFile } from "node:fs/promises";
import { configError } from "../../errors.ts";
import { loadManifest } from "../../manifest/load.ts";
import { loadTraced } from "../../manifest/load-traced.ts";
import { originOf } from "../../manifest/trace.ts";
import { get, isList, isObject, type JsonObject } from "../../json/value.ts";
import { placeOf } from "../../yaml/places.ts";
import type { Connector } from "../connector/open-connector.ts";
import { replaceValue } from "./replace-value.ts";

/**
 * Writes schemas into a manifest, where they stand; comments and all else stay. Gives what was done, in lines.
 * @throws a config error where the connector has no manifest
 */
export async function writeSchemas(connector: Connector, schemas: ReadonlyMap<string, JsonObject>): Promise<string[]> {
  const { manifestPath } = connector;
  if (manifestPath === undefined) {
    throw configError("Schemas can be written into a manifest only; this connector is code.", { code: "no-manifest" });
  }
  const lines: string[] = [];
  let text = await readFile(manifestPath, "utf8");
  const before = text;
  for (const [stream, schema] of schemas) {
    const written = withSchema(text, manifestPath, stream, schema);
    if (written === undefined) lines.push(`${stream}: its schema is not inline in ${manifestPath}, and stays.`);
    else {
      text = written;
      lines.push(`${stream}: written.`);
    }
  }
  if (text !== before) {
    loadManifest(text, manifestPath); // what is written can be read
    await writeFile(manifestPath, text);
  }
  return lines;
}

/** The text with another schema of a stream; undefined where there is no inline schema to replace. */
function withSchema(text: string, file: string, name: string, schema: JsonObject): string | undefined {
  const { resolved, trace, places } = loadTraced(text, file);
  const streams = get(resolved, "streams");
  const stream = (streams !== undefined && isList(streams) ? streams : []).find(
    (each): each is JsonObject => isObject(each) && get(each, "name") === name,
  );
  const loader = stream === undefined ? undefined : get(stream, "schema_loader");
  if (loader === undefined || !isObject(loader) || get(loader, "type") !== "InlineSchemaLoader") return undefined;
  if (get(loader, "schema") === undefined) return undefined;
  const origin = originOf(trace, loader, "schema");
  if (origin.how !== "literal" && origin.how !== "$ref") return undefined;
  const place = placeOf(places, origin.holder, origin.key ?? "schema");
  return place === undefined ? undefined : replaceValue(text, place.key, schema);
}
