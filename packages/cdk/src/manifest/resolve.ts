import { copy, has, set, type JsonObject } from "../json/value.ts";
import { propagateParameters } from "./parameters.ts";
import { resolveReferences } from "./references.ts";
import { carryOrigins, type Trace } from "./trace.ts";

/** A manifest with its references followed, its parameters handed down and its left-out types filled in. */
export function resolveManifest(manifest: JsonObject, trace?: Trace): JsonObject {
  const typed = copy(manifest);
  if (!has(typed, "type")) set(typed, "type", "DeclarativeSource");
  if (trace) carryOrigins(trace, manifest, typed);
  return propagateParameters(resolveReferences(typed, trace), { trace });
}
