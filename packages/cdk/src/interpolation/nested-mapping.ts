import { entries, remove, set, type Json, type JsonObject } from "../json/value.ts";
import { systemError } from "../errors.ts";
import { compileTemplate, type Context, type Evaluation, type TemplateOptions } from "./template.ts";
import { isJsonObject, isList } from "./value/kind.ts";
import { repr } from "./value/text.ts";

/**
 * Any JSON whose texts are templates, keys included. Members that come to null are left out; items of lists stay.
 */
export function compileNestedMapping(
  mapping: Json,
  options: Omit<TemplateOptions, "default" | "validTypes"> = {},
): Evaluation<Json> {
  if (typeof mapping === "string") return compileTemplate(mapping, options);
  if (isList(mapping)) return compileList(mapping.map((item) => compileNestedMapping(item, options)));
  if (isJsonObject(mapping)) {
    return compileObject(
      entries(mapping).map(([key, value]) => [compileTemplate(key, options), compileNestedMapping(value, options)]),
    );
  }
  return Object.assign(() => mapping, { reads: [], error: undefined });
}

function compileList(items: readonly Evaluation<Json>[]): Evaluation<Json> {
  return combined(items, (context) => items.map((item) => item(context)));
}

function compileObject(members: readonly (readonly [Evaluation<Json>, Evaluation<Json>])[]): Evaluation<Json> {
  return combined(members.flat(), (context) => {
    const result: JsonObject = {};
    for (const [key, value] of members) set(result, keyText(key(context)), value(context));
    for (const [key, value] of entries(result)) if (value === null) remove(result, key);
    return result;
  });
}

function combined(parts: readonly Evaluation<Json>[], evaluate: (context: Context) => Json): Evaluation<Json> {
  return Object.assign(evaluate, {
    reads: parts.flatMap(({ reads }) => reads),
    error: parts.find(({ error }) => error !== undefined)?.error,
  });
}

/** A key as it is written to JSON. */
function keyText(key: Json): string {
  if (typeof key === "string") return key;
  if (key === null) return "null";
  if (typeof key === "boolean") return String(key);
  if (isList(key) || isJsonObject(key)) throw systemError(`A template gives ${repr(key)} as the name of a member.`);
  return repr(key);
}
