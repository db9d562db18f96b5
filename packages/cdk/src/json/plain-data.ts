import { entries, Float, isList, isObject, type Json } from "./value.ts";

/** JSON in JavaScript's own types. Only integers that no number can hold are bigints. */
export type PlainJson = null | boolean | number | bigint | string | PlainJson[] | { [key: string]: PlainJson };

/** The value in JavaScript's own types, to be compared with what is written in code; the order of keys may be lost. */
export function plainData(value: Json): PlainJson {
  if (value instanceof Float) return value.value;
  if (isList(value)) return value.map(plainData);
  if (isObject(value)) return Object.fromEntries(entries(value).map(([key, member]) => [key, plainData(member)]));
  return value;
}
