import { entries, get, has, isList, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import type { Language } from "./language.ts";
import { noteOrigin, type Trace } from "./trace.ts";

/**
 * States the type of children that a manifest leaves out, in place, where the connector's own component says what they
 * are. Called after parameters were handed down, so that such a child gets none: the reference finds its type as late.
 */
export function stateOwnTypes(language: Language, manifest: JsonObject, trace?: Trace): void {
  if (language.own.every(({ defaults }) => Object.keys(defaults).length === 0)) return;
  visit(manifest);

  function visit(value: Json): void {
    if (isList(value)) return value.forEach(visit);
    if (!isObject(value)) return;
    for (const [name, type] of Object.entries(language.classOf(value)?.defaults ?? {})) {
      const child = get(value, name);
      for (const each of child !== undefined && isList(child) ? child : [child]) {
        if (type === undefined || each === undefined || !isObject(each) || has(each, "type")) continue;
        set(each, "type", type);
        if (trace) noteOrigin(trace, each, "type", { holder: each, key: "type", how: "default", through: [] });
      }
    }
    for (const [, member] of entries(value)) visit(member);
  }
}
