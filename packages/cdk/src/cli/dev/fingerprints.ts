import { createHash } from "node:crypto";
import { loadComponents } from "../../entrypoint/components.ts";
import { printJson } from "../../json/print.ts";
import { entries, fromEntries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { AirbyteStream } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";

/** What a stream depends on beside the manifest. */
export interface Surrounding {
  readonly config: JsonObject;
  /** Counts up whenever a file of the cassette changed. */
  readonly cassette: number;
  /** Counts up whenever code changed. */
  readonly code: number;
}

/**
 * Makes for each stream a text that differs when something differs that its records may depend on: its part of the manifest,
 * references followed, what all streams share, its declared schema, the config, the cassette, and code where it uses any.
 */
export async function fingerprinter(
  connector: Connector,
  { config, cassette, code }: Surrounding,
): Promise<(stream: AirbyteStream) => string> {
  const manifest = await resolvedManifest(connector);
  const types =
    manifest === undefined ? [] : (await loadComponents(connector.folder, { again: true })).map(({ type }) => type);
  const shared = manifest === undefined ? "" : printJson(sharedOf(manifest));
  const own = new RegExp(
    [`"class_name":`, ...types.map((type) => `"type":${escaped(JSON.stringify(type))}`)].join("|"),
  );
  const codeAsPart = own.test(shared) ? code : 0;
  return (stream) => {
    const part = manifest && streamOf(get(manifest, "streams"), stream.name);
    // What the manifest does not name is generated, or code.
    const text = part === undefined ? printJson(generatorsOf(manifest)) : printJson(part);
    const usesCode = part === undefined || own.test(text);
    const parts = [text, shared, printJson(stream), printJson(config), cassette, codeAsPart]; // a stream is JSON
    return createHash("sha1")
      .update(JSON.stringify([...parts, usesCode ? code : 0]))
      .digest("base64");
  };
}

/** Members that concern no stream's records, or one stream only. */
const APART = ["streams", "dynamic_streams", "definitions", "check", "metadata", "schemas", "description"];

const sharedOf = (manifest: JsonObject): JsonObject =>
  fromEntries(entries(manifest).filter(([name]) => !APART.includes(name)));

const generatorsOf = (manifest: JsonObject | undefined): Json => (manifest && get(manifest, "dynamic_streams")) ?? null;

/** The part of a stream, also of one within others. */
function streamOf(list: Json | undefined, name: string): JsonObject | undefined {
  if (list === undefined || !isList(list)) return undefined;
  for (const each of list) {
    if (!isObject(each)) continue;
    if (get(each, "name") === name) return each;
    const inner = streamOf(get(each, "streams"), name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
