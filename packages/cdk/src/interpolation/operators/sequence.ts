import { fail } from "../failure.ts";
import { escape } from "../text/html.ts";
import { isInteger, isList, isText } from "../value/kind.ts";
import { Bytes, Markup, PythonSet, Tuple, tuple, type Value } from "../value/value.ts";

/** `a + b` of texts, lists or tuples. */
export function concatenate(a: Value, b: Value): Value | undefined {
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (isText(a) && isText(b)) return new Markup(escape(a) + escape(b));
  if (!isList(a) || !isList(b) || a instanceof Tuple !== b instanceof Tuple) return undefined;
  return a instanceof Tuple ? tuple([...a, ...b]) : [...a, ...b];
}

const LONGEST = 50_000_000;

/** `a * n` of a text, list or tuple. */
export function repeat(a: Value, b: Value): Value | undefined {
  const [items, given] = isInteger(a) ? [b, a] : [a, b];
  if (!isInteger(given)) return undefined;
  const count = Math.max(Number(given), 0);
  if (typeof items === "string") return items.repeat(checked(count, items.length));
  if (items instanceof Markup) return new Markup(items.text.repeat(checked(count, items.text.length)));
  if (items instanceof Bytes) return new Bytes(Uint8Array.from(repeated([...items.data], count)));
  if (!isList(items)) return undefined;
  return items instanceof Tuple ? tuple(repeated(items, count)) : repeated(items, count);
}

function repeated<Item>(items: readonly Item[], count: number): Item[] {
  const result: Item[] = [];
  const times = items.length === 0 ? checked(count, 0) && 0 : checked(count, items.length);
  for (let i = 0; i < times; i++) result.push(...items);
  return result;
}

function checked(count: number, size: number): number {
  if (count >= 2 ** 63) throw fail("OverflowError", "cannot fit 'int' into an index-sized integer");
  if (count * size > LONGEST) throw fail("OverflowError", "the repeated sequence would be too long");
  return count;
}

/** `a - b` of sets. */
export function setDifference(a: Value, b: Value): Value | undefined {
  if (!(a instanceof PythonSet && b instanceof PythonSet)) return undefined;
  const rest = new PythonSet();
  for (const [key, value] of a.members) if (!b.members.has(key)) rest.members.set(key, value);
  return rest;
}
