import type { Ref } from "../component.ts";
import { configError, systemError } from "../errors.ts";
import { get, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import { compileBoolean } from "../interpolation/boolean.ts";
import { propagateParameters } from "./parameters.ts";
import type { Builder } from "./scope.ts";

/** The streams that a manifest names, in order; conditional ones where their condition holds. */
export function staticStreams(manifest: JsonObject, config: JsonObject): JsonObject[] {
  return list(get(manifest, "streams")).flatMap((entry) => {
    if (!isObject(entry)) return [];
    if (get(entry, "type") !== "ConditionalStreams") return [entry];
    const condition = compileBoolean(String(get(entry, "condition") ?? ""), { parameters: {} });
    return condition({ config }) ? list(get(entry, "streams")).filter(isObject) : [];
  });
}

/** Streams that dynamic definitions make, with the name of the definition that made each. */
export async function dynamicStreams(
  manifest: JsonObject,
  build: Builder,
): Promise<{ readonly definition: string; readonly stream: JsonObject }[]> {
  const made: { definition: string; stream: JsonObject }[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of list(get(manifest, "dynamic_streams")).entries()) {
    if (!isObject(entry)) continue;
    const named = get(entry, "name");
    const definition = typeof named === "string" ? named : `dynamic_stream_${index}`;
    const resolver = get(entry, "components_resolver");
    if (!isObject(resolver)) throw systemError(`The dynamic stream ${definition} has no components_resolver.`);
    const resolve = build(cached(resolver), { name: definition });
    const parentsWin = get(entry, "use_parent_parameters") !== false;
    for await (const template of resolve(get(entry, "stream_template") ?? {})) {
      const stream = propagateParameters(template, { parentsWin });
      const name = get(stream, "name");
      if (typeof name !== "string") {
        throw systemError(`The dynamic stream ${definition} made a stream whose name is no text: ${String(name)}.`);
      }
      if (seen.has(name)) throw duplicate(name, get(resolver, "type") === "ConfigComponentsResolver");
      seen.add(name);
      if (!("type" in stream)) set(stream, "type", "DeclarativeStream");
      made.push({ definition, stream });
    }
  }
  return made;
}

/** The resolver's answers are kept: check, discover and each stream would ask for them again. */
function cached(resolver: JsonObject): Ref<"componentsResolver"> {
  const retriever = get(resolver, "retriever");
  const requester = isObject(retriever) ? get(retriever, "requester") : undefined;
  const changed =
    isObject(retriever) && isObject(requester)
      ? { ...resolver, retriever: { ...retriever, requester: { ...requester, use_cache: true } } }
      : resolver;
  return changed as unknown as Ref<"componentsResolver">; // the manifest was validated as a whole
}

function duplicate(name: string, fromConfig: boolean): Error {
  const message = `Dynamic streams list contains a duplicate name: ${name}.`;
  return fromConfig ? configError(`${message} Please check your configuration.`) : systemError(message);
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
