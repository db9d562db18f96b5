import type { Ref } from "../component.ts";
import { configError, systemError } from "../errors.ts";
import { printJson } from "../json/print.ts";
import { get, isList, isObject, set, type JsonObject } from "../json/value.ts";
import { propagateParameters } from "./parameters.ts";
import type { Builder } from "./scope.ts";

/** A stream that a definition of dynamic streams made, not yet validated. */
export interface GeneratedStream {
  readonly definition: string;
  readonly stream: JsonObject;
}

/** The names of a manifest's definitions of dynamic streams, those that have none by their place. */
export function definitionNames(manifest: JsonObject): readonly string[] {
  return definitionsOf(manifest).map(nameOf);
}

/** Makes the streams of all definitions, one after the other. Two of one name are an error. */
export async function dynamicStreams(manifest: JsonObject, build: Builder): Promise<GeneratedStream[]> {
  const made: GeneratedStream[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of definitionsOf(manifest).entries()) {
    const definition = nameOf(entry, index);
    const resolver = get(entry, "components_resolver");
    const template = get(entry, "stream_template");
    if (!isObject(resolver) || !isObject(template)) continue; // neither is to be had in a valid manifest
    const resolve = build(cached(resolver), { name: definition });
    const parentsWin = get(entry, "use_parent_parameters") !== false;
    for await (const copy of resolve(template)) {
      const stream = propagateParameters(copy, { parentsWin });
      const name = get(stream, "name");
      if (typeof name !== "string") {
        throw systemError(
          `The dynamic stream ${definition} made a stream whose name is ${printJson(name ?? null)}: a name is a text. ` +
            "State `value_type: string` in the mapping of the name.",
        );
      }
      if (seen.has(name)) throw duplicate(name, definition, get(resolver, "type") === "ConfigComponentsResolver");
      seen.add(name);
      if (get(stream, "type") === undefined) set(stream, "type", "DeclarativeStream");
      made.push({ definition, stream });
    }
  }
  return made;
}

function definitionsOf(manifest: JsonObject): readonly JsonObject[] {
  const definitions = get(manifest, "dynamic_streams");
  return isList(definitions) ? definitions.filter(isObject) : [];
}

function nameOf(definition: JsonObject, index: number): string {
  const name = get(definition, "name");
  return typeof name === "string" ? name : `dynamic_stream_${index}`;
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

function duplicate(name: string, definition: string, fromConfig: boolean): Error {
  const message = `The dynamic stream ${definition} makes a stream named "${name}", and there is one of that name already.`;
  return fromConfig
    ? configError(`${message} Give the entries of the configuration different names.`, { code: "duplicate-stream" })
    : systemError(message, { code: "duplicate-stream" });
}
