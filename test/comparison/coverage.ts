import { isObject, parseJson, type Json, type JsonObject } from "ferry-cdk";
import { readFileSync } from "node:fs";
import { loadManifest } from "../../packages/cdk/src/manifest/load.ts";
import { resolveManifest } from "../../packages/cdk/src/manifest/resolve.ts";
import type { Case } from "./case.ts";

/** A definition of the language in the reference; see test/tables/make-definitions.py. */
export interface Definition {
  readonly required: readonly string[];
  /** Its properties, and the definitions that each may hold. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

export const definitions: Readonly<Record<string, Definition>> = (
  parseJson(readFileSync(new URL("../tables/definitions.json", import.meta.url), "utf8")) as unknown as {
    definitions: Readonly<Record<string, Definition>>;
  }
).definitions;

const STREAMS: ReadonlySet<string> = new Set([
  "DeclarativeStream",
  "StateDelegatingStream",
  "DynamicDeclarativeStream",
]);
/** Types that a manifest states otherwise than their definition is named. */
const PLAIN_NAMES: Readonly<Record<string, string>> = {
  ApiKey: "SessionTokenRequestApiKeyAuthenticator",
  Bearer: "SessionTokenRequestBearerAuthenticator",
};

/** The definitions through which a case reads records: those of its streams that have some, and what surrounds them. */
export function coveredBy(made: Case): ReadonlySet<string> {
  const counts = Object.values(made.golden).flatMap(({ records = {} }) => Object.entries(records));
  const read = new Set(counts.flatMap(([name, records]) => (records.length > 0 ? [name] : [])));
  const found = new Set<string>();
  if (read.size === 0) return found;

  const manifest = resolveManifest(loadManifest(made.manifest, "manifest.yaml"));
  const streams = new Set<string>();
  function see(value: Json, possible: readonly string[], isStream: boolean): void {
    if (Array.isArray(value)) return value.forEach((item: Json) => see(item, possible, isStream));
    if (!isObject(value)) return;
    const stated = value["type"];
    // A map of such things has keys of its own.
    const only = possible.length === 1 ? possible[0]! : undefined;
    const fits =
      only !== undefined && Object.keys(value).every((key) => key in definitions[only]!.properties || key === "type");
    const named = typeof stated === "string" ? (PLAIN_NAMES[stated] ?? stated) : undefined;
    const type = named !== undefined && named in definitions ? named : fits ? only : undefined;
    if (type === undefined) return Object.values(value).forEach((item) => see(item, possible, isStream));
    if (isStream && STREAMS.has(type)) {
      if (typeof value["name"] === "string" && type !== "DynamicDeclarativeStream") streams.add(value["name"]);
      if (type !== "DynamicDeclarativeStream" && !read.has(String(value["name"]))) return;
      // What a dynamic definition makes goes by names that no stream of the manifest has.
      if (type === "DynamicDeclarativeStream" && [...read].every((name) => streams.has(name))) return;
    }
    found.add(type);
    for (const [name, held] of Object.entries(definitions[type]!.properties)) {
      const child = value[name];
      if (child === undefined) continue;
      // Kinds of values, which have no properties, are told by the property that holds one.
      for (const kind of held) if (Object.keys(definitions[kind]?.properties ?? {}).length === 0) found.add(kind);
      see(child, held, type === "DeclarativeSource" || type === "ConditionalStreams");
    }
  }
  see(manifest satisfies JsonObject, ["DeclarativeSource"], false);
  return found;
}
