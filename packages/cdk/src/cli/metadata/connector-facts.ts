import { get, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { parseJson } from "../../json/parse.ts";
import { loadManifest } from "../../manifest/load.ts";
import { resolveManifest } from "../../manifest/resolve.ts";
import { at, itemsOf, mappingOf } from "./members.ts";

/** What users of a connector rely on, so far as its manifest says it. */
export interface ConnectorFacts {
  readonly streams: ReadonlyMap<string, StreamFacts>;
  /** Of the config. */
  readonly connectionSpecification: JsonObject;
  /** The whole manifest, resolved. */
  readonly manifest: JsonObject;
}

export interface StreamFacts {
  /** One path a field. */
  readonly primaryKey: readonly string[];
  readonly cursor: string | undefined;
  /** How the cursor is written in states, and what older states are read by. */
  readonly stateFormats: readonly string[];
  /** Undefined where it is known only in a read. */
  readonly schema: JsonObject | undefined;
}

/** Reads a file of the connector by its path within the folder; undefined where there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** The facts of a manifest; `file` is named where it is wrong. */
export async function connectorFacts(text: string, file: string, read: ReadFile): Promise<ConnectorFacts> {
  const manifest = resolveManifest(loadManifest(text, file));
  const streams = new Map<string, StreamFacts>();
  for (const stream of itemsOf(get(manifest, "streams")).filter(isObject)) {
    const name = get(stream, "name");
    if (typeof name === "string") streams.set(name, await factsOf(stream, name, read));
  }
  return { streams, connectionSpecification: mappingOf(at(manifest, "spec", "connection_specification")), manifest };
}

async function factsOf(given: JsonObject, name: string, read: ReadFile): Promise<StreamFacts> {
  const full = get(given, "full_refresh_stream");
  const stream = isObject(full) ? full : given;
  const incremental = get(given, "incremental_stream");
  const sync = get(isObject(incremental) ? incremental : stream, "incremental_sync");
  const formats = [at(sync, "datetime_format"), ...itemsOf(at(sync, "cursor_datetime_formats"))];
  const cursor = at(sync, "cursor_field");
  return {
    primaryKey: keyOf(get(stream, "primary_key")),
    cursor: typeof cursor === "string" ? cursor : undefined,
    stateFormats: formats.filter((format) => typeof format === "string"),
    schema: await schemaOf(get(stream, "schema_loader"), name, read),
  };
}

/** A stream's name, as the paths of schemas have it. */
const NAME = /\{\{\s*parameters(?:\.name|\[\s*["']name["']\s*\])\s*\}\}/g;

function keyOf(key: Json | undefined): string[] {
  if (typeof key === "string") return key === "" ? [] : [key];
  return itemsOf(key).map((part) => (isList(part) ? part.join(".") : String(part)));
}

/** Of several loaders the properties of all. */
async function schemaOf(loader: Json | undefined, name: string, read: ReadFile): Promise<JsonObject | undefined> {
  if (isList(loader)) {
    const schemas = await Promise.all(loader.map((each) => schemaOf(each, name, read)));
    if (schemas.length === 0 || schemas.includes(undefined)) return undefined;
    return {
      type: "object",
      properties: Object.assign({}, ...schemas.map((each) => mappingOf(get(each!, "properties")))) as JsonObject,
    };
  }
  const type = at(loader, "type");
  if (type === "InlineSchemaLoader") {
    const schema = mappingOf(at(loader, "schema"));
    return keys(schema).length === 0 ? undefined : schema;
  }
  if (type !== "JsonFileSchemaLoader") return undefined;
  const written = at(loader, "file_path");
  const path = (typeof written === "string" ? written : `./${name}.json`).replaceAll(NAME, name);
  const text = path.includes("{{") ? undefined : await read(path);
  const schema = text === undefined ? undefined : parseJson(text);
  return isObject(schema) ? schema : undefined;
}
