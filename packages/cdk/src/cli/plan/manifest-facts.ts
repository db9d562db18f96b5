import { get, isList, isObject, set, type Json, type JsonObject } from "../../json/value.ts";

/** What a plan has to know of the streams before anything answers. */
export interface ManifestFacts {
  /** The manifest's own streams, in order, and whether they are read incrementally. */
  readonly streams: readonly { readonly name: string; readonly isIncremental: boolean }[];
  /** By parent: an answer with one record, whose values name where they would come from. */
  readonly answers: ReadonlyMap<string, Json>;
  /** By stream: the parents that its requests are made for. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** By stream: what comes after the first page. */
  readonly pages: ReadonlyMap<string, string>;
  readonly hasDynamicStreams: boolean;
}

export function manifestFacts(manifest: JsonObject): ManifestFacts {
  const records = new Map<string, { path: readonly string[]; record: JsonObject }>();
  const parents = new Map<string, string[]>();
  const pages = new Map<string, string>();
  const list = get(manifest, "streams");
  const streams = (isList(list) ? list : []).filter(isObject).map((stream) => {
    walk(stream);
    return {
      name: String(get(stream, "name")),
      isIncremental: get(effective(stream), "incremental_sync") !== undefined,
    };
  });
  return {
    streams,
    parents,
    pages,
    answers: new Map([...records].map(([name, { path, record }]) => [name, nested(path, [record])])),
    hasDynamicStreams: get(manifest, "dynamic_streams") !== undefined,
  };

  function walk(given: JsonObject): void {
    const stream = effective(given);
    const name = String(get(given, "name"));
    const strategy = at(stream, "retriever", "paginator", "pagination_strategy", "type");
    if (typeof strategy === "string") pages.set(name, strategy);
    const routers = at(stream, "retriever", "partition_router");
    for (const router of isList(routers) ? routers : [routers]) walkRouter(name, router);
  }
  function walkRouter(child: string, router: Json | undefined): void {
    const inner = at(router, "underlying_partition_router");
    if (inner !== undefined) walkRouter(child, inner);
    const configs = at(router, "parent_stream_configs");
    for (const config of isList(configs) ? configs : []) {
      const parent = at(config, "stream");
      if (parent === undefined || !isObject(parent)) continue;
      const name = String(get(parent, "name"));
      parents.set(child, [...(parents.get(child) ?? []), name]);
      const field = at(effective(parent), "retriever", "record_selector", "extractor", "field_path");
      const path = (isList(field) ? field : []).map(String).filter((part) => part !== "*");
      const known = records.get(name) ?? { path, record: {} };
      records.set(name, known);
      const key = String(at(config, "parent_key"));
      put(known.record, key.split("."), `{${name}.${key}}`);
      const extra = at(config, "extra_fields");
      for (const fields of isList(extra) ? extra : []) {
        if (isList(fields)) put(known.record, fields.map(String), `{${name}.${fields.join(".")}}`);
      }
      if (!parents.has(name)) walk(parent);
    }
  }
}

/** A stream that delegates by its state is read whole where there is none. */
function effective(stream: JsonObject): JsonObject {
  const full = get(stream, "full_refresh_stream");
  return full !== undefined && isObject(full) ? full : stream;
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (found, key) => (found !== undefined && isObject(found) ? get(found, key) : undefined),
    value,
  );
}

function put(record: JsonObject, [key = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) return set(record, key, value);
  const inner = get(record, key);
  const object: JsonObject = inner !== undefined && isObject(inner) ? inner : {};
  set(record, key, object);
  put(object, rest, value);
}

const nested = (path: readonly string[], value: Json): Json =>
  path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
