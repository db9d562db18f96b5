import { isObject, keys, set, type JsonObject } from "../../../json/value.ts";

/** A record with its keys renamed, in nested objects too, but not in lists. */
export function renamed(record: JsonObject, rename: (key: string) => string): JsonObject {
  const result: JsonObject = {};
  for (const key of keys(record)) {
    const value = record[key]!;
    set(result, rename(key), isObject(value) ? renamed(value, rename) : value);
  }
  return result;
}
