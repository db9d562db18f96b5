import { systemError } from "../../../errors.ts";
import type { HttpResponse } from "../../../http/types.ts";
import { printJson } from "../../../json/print.ts";
import { repr } from "../../../json/python-text.ts";
import { isList, isObject, keys, set, type Json, type JsonObject } from "../../../json/value.ts";

/** A row as a record. @throws a system error where it can be none */
export function recordOf(row: Json, stream: string, { request, url }: HttpResponse): JsonObject {
  if (isObject(row)) return row;
  const made = isList(row) ? ofPairs(row) : row === "" ? {} : undefined;
  if (made !== undefined) return made;
  const text = printJson(row);
  throw systemError(
    `Stream ${stream}: the answer of ${request.method} ${url} holds ${text.length > 60 ? `${text.slice(0, 60)}…` : text} ` +
      `where a record has to be an object. Let the field_path lead to objects, or leave such items out with the ` +
      `record_filter \`{{ record is mapping }}\`.`,
    { stream, code: "record-not-object" },
  );
}

/**
 * What the reference makes of a list, by Python's `dict`: two values, two characters, or the two keys of an object are a
 * key and its value.
 */
function ofPairs(list: readonly Json[]): JsonObject | undefined {
  const object: JsonObject = {};
  for (const item of list) {
    const [key, value, ...more] = parts(item);
    if (key === undefined || value === undefined || more.length > 0 || isList(key) || isObject(key)) return undefined;
    set(object, keyText(key), value);
  }
  return object;
}

function parts(item: Json): readonly Json[] {
  if (isList(item)) return item;
  if (isObject(item)) return keys(item);
  return typeof item === "string" ? Array.from(item) : [];
}

/** A key as Python's `json.dumps` writes it. */
function keyText(key: Json): string {
  if (typeof key === "string") return key;
  return key === null || typeof key === "boolean" ? String(key) : repr(key);
}
