import { Float, isList, keys, type Json } from "./value.ts";

/** Python's truth of a value: zero, "", [] and {} are false; NaN is true. */
export function truthy(value: Json): boolean {
  if (typeof value !== "object") return typeof value === "number" ? value !== 0 : Boolean(value);
  if (value === null) return false;
  if (value instanceof Float) return value.value !== 0;
  if (isList(value)) return value.length > 0;
  return keys(value).length > 0;
}
