import { isList, isObject, isReordered, keys, set, type Json, type JsonObject } from "./value.ts";

/** A copy that shares nothing that can be changed; keys keep their order. */
export function deepCopy(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(deepCopy);
  return isObject(value) ? deepCopyObject(value) : value; // a Float never changes
}

export function deepCopyObject(object: JsonObject): JsonObject {
  const careful = isReordered(object);
  const copy: JsonObject = {};
  for (const key of keys(object)) {
    const value = deepCopy(object[key]!);
    if (careful || key === "__proto__") set(copy, key, value);
    else copy[key] = value;
  }
  return copy;
}
