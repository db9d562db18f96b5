import { equal, numeric } from "./equal.ts";
import { Float, type Json } from "./value.ts";

/**
 * How Python orders two values: below, at or above zero; NaN where a NaN makes every comparison false. Numbers and
 * booleans compare by value, strings by code points, lists item by item.
 * @param operator stands in the message
 * @throws TypeError with Python's message for what has no order: `'<' not supported between instances of 'str' and 'int'`
 */
export function compare(a: Json, b: Json, operator: "<" | "<=" | ">" | ">=" = "<"): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  const left = numeric(a);
  const right = numeric(b);
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : left == right ? 0 : NaN;
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, operator);
  throw new TypeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** The name of Python's type: `NoneType`, `bool`, `int`, `float`, `str`, `list`, `dict`. */
export function typeName(value: Json): string {
  if (value === null) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (value instanceof Float) return "float";
  return Array.isArray(value) ? "list" : "dict";
}

function compareLists(a: readonly Json[], b: readonly Json[], operator: "<" | "<=" | ">" | ">="): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] !== b[i] && !equal(a[i]!, b[i]!)) return compare(a[i]!, b[i]!, operator);
  }
  return a.length - b.length;
}

/** By code points: a surrogate pair stands above U+FFFF, though its first half does not. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const halves = i > 0 ? a.codePointAt(i - 1)! - b.codePointAt(i - 1)! : 0;
  return halves === 0 ? a.codePointAt(i)! - b.codePointAt(i)! : halves;
}
