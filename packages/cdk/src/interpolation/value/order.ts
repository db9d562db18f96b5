import { compare as compareTimes } from "../../datetime/arithmetic.ts";
import { compareDurations } from "../../datetime/duration-arithmetic.ts";
import { compare as compareJson } from "../../json/compare.ts";
import { typeError } from "../failure.ts";
import { isDuration, isTime, same } from "./equal.ts";
import { isList, isText, typeName } from "./kind.ts";
import { numberOf } from "./number.ts";
import { str } from "./text.ts";
import { raiseUndefined } from "./undefined.ts";
import { Bytes, PythonSet, Tuple, Undefined, type Value } from "./value.ts";

export type Order = "<" | "<=" | ">" | ">=";

/** Python's `a < b` and its like. */
export function ordered(operator: Order, a: Value, b: Value): boolean {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== undefined && right !== undefined) return holds(operator, left, right);
  if (a instanceof PythonSet && b instanceof PythonSet) return orderedSets(operator, a, b);
  return holds(operator, compare(operator, a, b), 0);
}

/** Whether `a` comes before `b` in a sorted list. */
export function before(a: Value, b: Value): boolean {
  return ordered("<", a, b);
}

function holds(operator: Order, left: number | bigint, right: number | bigint): boolean {
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

function compare(operator: Order, a: Value, b: Value): number {
  if (isText(a) && isText(b)) return compareJson(str(a), str(b));
  if (isList(a) && isList(b) && a instanceof Tuple === b instanceof Tuple) return compareLists(operator, a, b);
  if (isTime(a) && isTime(b)) return compareTimes(a, b);
  if (isDuration(a) && isDuration(b)) return compareDurations(a, b);
  if (a instanceof Undefined) raiseUndefined(a);
  if (b instanceof Undefined) raiseUndefined(b);
  if (a instanceof Bytes && b instanceof Bytes) return compareLists(operator, [...a.data], [...b.data]);
  throw typeError(`'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

function compareLists(operator: Order, a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (same(a[i]!, b[i]!)) continue;
    return ordered(operator, a[i]!, b[i]!) === operator.startsWith("<") ? -1 : 1;
  }
  return a.length - b.length;
}

/** Sets are in the order of which holds which. */
function orderedSets(operator: Order, a: PythonSet, b: PythonSet): boolean {
  const [small, large] = operator.startsWith("<") ? [a.members, b.members] : [b.members, a.members];
  if (operator.length === 1 && small.size === large.size) return false;
  return [...small.keys()].every((key) => large.has(key));
}
