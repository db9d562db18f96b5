import { copy, has, set, type JsonObject } from "../json/value.ts";
import { propagateParameters } from "./parameters.ts";
import { resolveReferences } from "./references.ts";

/** A manifest with its references followed, its parameters handed down and its left-out types filled in. */
export function resolveManifest(manifest: JsonObject): JsonObject {
  const typed = copy(manifest);
  if (!has(typed, "type")) set(typed, "type", "DeclarativeSource");
  return propagateParameters(resolveReferences(typed));
}
