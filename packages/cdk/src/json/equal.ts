import { Float, get, isObject, keys, type Json } from "./value.ts";

/** Python's `a == b`: `1`, `1.0` and `true` are equal, the order of keys is of no account, NaN equals nothing. */
export function equal(a: Json, b: Json): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  if (a === null || b === null) return a === b;
  const left = numeric(a);
  const right = numeric(b);
  // Loosely: JavaScript then compares a bigint with a number exactly.
  if (left !== undefined || right !== undefined) return left !== undefined && right !== undefined && left == right;
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b);
  if (!isObject(a) || !isObject(b)) return false;
  const names = keys(a);
  if (names.length !== keys(b).length) return false;
  for (const name of names) {
    const other = get(b, name);
    if (other === undefined || !equalItems(a[name]!, other)) return false;
  }
  return true;
}

/** The number of an integer, a float or a boolean. */
export function numeric(value: Json): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof Float ? value.value : undefined;
}

function equalLists(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, i) => equalItems(item, b[i]!));
}

/** Within a list or an object Python takes one and the same thing as equal, also a NaN. */
function equalItems(a: Json, b: Json): boolean {
  return a === b || equal(a, b);
}
