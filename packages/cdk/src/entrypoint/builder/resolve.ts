import { deepCopyObject } from "../../json/deep-copy.ts";
import { entries, fromEntries, get, isList, isObject, set, type Json, type JsonObject } from "../../json/value.ts";
import { dynamicStreams } from "../../manifest/dynamic-streams.ts";
import { createBuilder } from "../../manifest/scope.ts";
import type { SourceRun } from "../../source.ts";
import { secretsOf } from "../secrets.ts";
import type { BuilderManifest } from "./builder-manifest.ts";

/**
 * The manifest with the streams that its dynamic streams make, so many of each definition. Each stream names the definition
 * that it is from, under `dynamic_stream_name`: null for none.
 */
export async function fullyResolved(
  manifest: BuilderManifest,
  given: JsonObject,
  perDefinition: number,
  run: SourceRun,
): Promise<JsonObject> {
  const spec = get(manifest.resolved, "spec");
  const schema = isObject(spec) ? get(spec, "connection_specification") : undefined;
  for (const { value, path } of secretsOf(isObject(schema) ? schema : {}, given)) run.secret(value, path);
  const config = await manifest.configure(given, run);
  const bound = await manifest.bindUnchecked(config, run);
  const made = await dynamicStreams(manifest.resolved, createBuilder(bound.language, bound.config, bound.run));
  const counts = new Map<string, number>();
  const generated = made.flatMap(({ definition, stream }) => {
    const count = (counts.get(definition) ?? 0) + 1;
    counts.set(definition, count);
    return count > perDefinition ? [] : [named(stream, definition)];
  });
  const shown = deepCopyObject(manifest.shown);
  const streams = get(shown, "streams");
  const own = isList(streams) ? streams.filter(isObject).map((stream) => named(stream, null)) : [];
  set(shown, "streams", [...own, ...grouped(generated)]);
  markCached(get(shown, "dynamic_streams"));
  return shown;
}

function named(stream: JsonObject, definition: string | null): JsonObject {
  return fromEntries([...entries(stream), ["dynamic_stream_name", definition] as const]);
}

/** Those of one definition side by side. */
function grouped(streams: readonly JsonObject[]): JsonObject[] {
  const groups = new Map<Json | undefined, JsonObject[]>();
  for (const stream of streams) {
    const name = get(stream, "dynamic_stream_name");
    groups.set(name, [...(groups.get(name) ?? []), stream]);
  }
  return [...groups.values()].flat();
}

/** As the reference shows it: what a resolver asks for is kept. */
function markCached(definitions: Json | undefined): void {
  for (const definition of isList(definitions) ? definitions : []) {
    const resolver = isObject(definition) ? get(definition, "components_resolver") : undefined;
    const retriever = isObject(resolver) ? get(resolver, "retriever") : undefined;
    const requester = isObject(retriever) ? get(retriever, "requester") : undefined;
    if (isObject(requester)) set(requester, "use_cache", true);
  }
}
