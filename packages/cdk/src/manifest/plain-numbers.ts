import { copy, Float, isList, keys, set, type Json, type JsonObject } from "../json/value.ts";

/** `5.0` as the number 5, and integers of any size as numbers: where the language asks for a number, either will do. */
export function plainNumbers(value: Json): Json {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float) return value.value;
  if (isList(value)) {
    const items = value.map(plainNumbers);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let result = value;
  for (const key of keys(value)) {
    const member = plainNumbers(value[key]!);
    if (member === value[key]) continue;
    if (result === value) result = copy(value);
    set(result, key, member);
  }
  return result;
}

/** The same for the fields of one component; what stands deeper is its children's, or data. */
export function withPlainFields(component: JsonObject): JsonObject {
  for (const key of keys(component)) {
    const value = component[key];
    if (value instanceof Float) set(component, key, value.value);
  }
  return component;
}
