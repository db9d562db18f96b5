import { fail, typeError } from "../failure.ts";
import { binary } from "../operators/operators.ts";
import { method } from "../value/call.ts";
import { iterable, iterate, length, listOf } from "../value/iterate.ts";
import { keyOf } from "../value/key.ts";
import { isList, isMapping, isText, typeName } from "../value/kind.ts";
import { members } from "../value/mapping.ts";
import { before } from "../value/order.ts";
import { sortBy } from "../value/sort.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { raiseUndefined, undefinedHint } from "../value/undefined.ts";
import { Bytes, DictView, Iteration, MappingView, Undefined, tuple, type Value } from "../value/value.ts";
import { attributeGetter, attributeGetters, ignoringCase } from "./attribute.ts";
import type { Filters } from "./filters.ts";
import { onText } from "./text.ts";

type Given = Value | undefined;

/** Filters that take or give several values. */
export const listFilters: Filters = {
  length: method(0, 0, length),
  count: method(0, 0, length),
  list: method(0, 0, listOf),
  first: method(0, 0, (value) => {
    for (const item of iterate(value)) return item;
    return undefinedHint("No first item, sequence was empty.");
  }),
  last: method(0, 0, (value) => {
    const items = reversible(value);
    if (items === undefined) throw typeError(`'${typeName(value)}' object is not reversible`);
    const last = items.at(-1);
    return last === undefined ? undefinedHint("No last item, sequence was empty.") : last;
  }),
  random: method(0, 0, (value) => {
    const items = isText(value) || isList(value) ? listOf(value) : [];
    const chosen = items[Math.floor(Math.random() * items.length)];
    return chosen === undefined ? undefinedHint("No random item, sequence was empty.") : chosen;
  }),
  reverse: method(0, 0, (value) => {
    if (isText(value)) return onText(value, (text) => Array.from(text).reverse().join(""));
    const items = reversible(value);
    if (items !== undefined) return new Iteration("list_reverseiterator", items.toReversed()[Symbol.iterator]());
    if (iterable(value) === undefined) throw fail("FilterArgumentError", "argument must be iterable");
    return listOf(value).reverse();
  }),
  join: method(
    0,
    2,
    (value, separator = "", attribute) => {
      const read = attributeGetter(attribute);
      return Array.from(iterate(value), (item) => str(read(item))).join(str(separator));
    },
    ["d", "attribute"],
  ),
  sort: method(0, 3, sort, ["reverse", "case_sensitive", "attribute"]),
  unique: method(0, 2, unique, ["case_sensitive", "attribute"]),
  min: method(0, 2, (value, sensitive, path) => extreme(value, sensitive, path, (a, b) => before(a, b)), [
    "case_sensitive",
    "attribute",
  ]),
  max: method(0, 2, (value, sensitive, path) => extreme(value, sensitive, path, (a, b) => before(b, a)), [
    "case_sensitive",
    "attribute",
  ]),
  sum: method(
    0,
    2,
    (value, attribute, start = 0) => {
      if (isText(start)) throw typeError("sum() can't sum strings [use ''.join(seq) instead]");
      const read = attributeGetter(attribute);
      let total: Value = start;
      for (const item of iterate(value)) total = binary["+"](total, read(item));
      return total;
    },
    ["attribute", "start"],
  ),
  items: method(0, 0, (value) => {
    if (value instanceof Undefined) return generator([]);
    return new Iteration("generator", lazyItems(value));
  }),
  dictsort: method(0, 3, sortDict, ["case_sensitive", "by", "reverse"]),
};

export function generator(items: Iterable<Value>): Iteration {
  return new Iteration("generator", [...items][Symbol.iterator]());
}

function* lazyItems(value: Value): Generator<Value> {
  if (!isMapping(value)) throw typeError("Can only get item pairs from a mapping.");
  for (const pair of members(value)) yield tuple(pair);
}

/** What Python's `reversed` takes. */
function reversible(value: Value): readonly Value[] | undefined {
  if (isList(value)) return value;
  if (value instanceof MappingView) return undefined;
  if (
    value instanceof Bytes ||
    isText(value) ||
    isMapping(value) ||
    value instanceof DictView ||
    value instanceof Undefined
  )
    return listOf(value);
  return undefined;
}

function sort(value: Value, reverse: Given, sensitive: Given, attribute: Given): Value[] {
  const readers = attributeGetters(attribute);
  const keep = sensitive !== undefined && truthy(sensitive);
  const rank = (item: Value): Value => readers.map((read) => (keep ? read(item) : ignoringCase(read(item))));
  return sortBy(iterate(value), rank, reverse !== undefined && truthy(reverse));
}

function unique(value: Value, sensitive: Given, attribute: Given): Iteration {
  const read = attributeGetter(attribute);
  const keep = sensitive !== undefined && truthy(sensitive);
  const found = function* (): Generator<Value> {
    const seen = new Set();
    for (const item of iterate(value)) {
      const key = keyOf(keep ? read(item) : ignoringCase(read(item)));
      if (seen.has(key)) continue;
      seen.add(key);
      yield item;
    }
  };
  return new Iteration("generator", found());
}

function extreme(value: Value, sensitive: Given, path: Given, better: (a: Value, b: Value) => boolean): Value {
  const read = attributeGetter(path);
  const keep = sensitive !== undefined && truthy(sensitive);
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterate(value)) {
    const key = keep ? read(item) : ignoringCase(read(item));
    if (best === undefined || better(key, best.key)) best = { item, key };
  }
  return best === undefined ? undefinedHint("No aggregated item, sequence was empty.") : best.item;
}

function sortDict(value: Value, sensitive: Value = false, by: Value = "key", reverse: Value = false): Value[] {
  if (by !== "key" && by !== "value") {
    throw fail("FilterArgumentError", 'You can only sort by either "key" or "value"');
  }
  if (value instanceof Undefined) raiseUndefined(value);
  if (!isMapping(value)) throw fail("AttributeError", `'${typeName(value)}' object has no attribute 'items'`);
  const pairs = members(value).map((pair) => tuple(pair));
  const rank = (pair: Value): Value => {
    const part = isList(pair) ? pair[by === "key" ? 0 : 1]! : pair;
    return truthy(sensitive) ? part : ignoringCase(part);
  };
  return sortBy(pairs, rank, truthy(reverse));
}
