import { fail } from "../failure.ts";
import { integerArgument, method } from "../value/call.ts";
import { equal } from "../value/equal.ts";
import { iterate, listOf } from "../value/iterate.ts";
import { sortBy } from "../value/sort.ts";
import { truthy } from "../value/truth.ts";
import { Iteration, NamedTuple, type Value } from "../value/value.ts";
import { attributeGetter, ignoringCase } from "./attribute.ts";
import type { Filters } from "./filters.ts";

/** Filters that cut a sequence into parts. */
export const groupFilters: Filters = {
  batch: method(1, 2, (value, size, filler = null) => new Iteration("generator", batches(value, size!, filler)), [
    "linecount",
    "fill_with",
  ]),
  slice: method(1, 2, (value, count, filler = null) => new Iteration("generator", slices(value, count!, filler)), [
    "slices",
    "fill_with",
  ]),
  groupby: method(1, 3, groupBy, ["attribute", "default", "case_sensitive"]),
};

function* batches(value: Value, size: Value, filler: Value): Generator<Value> {
  const count = integerArgument(size);
  let batch: Value[] = [];
  for (const item of iterate(value)) {
    if (batch.length === count) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  while (filler !== null && batch.length < count) batch.push(filler);
  yield batch;
}

function* slices(value: Value, parts: Value, filler: Value): Generator<Value> {
  const items = listOf(value);
  const count = integerArgument(parts);
  if (count === 0) throw fail("ZeroDivisionError", "integer division or modulo by zero");
  const size = Math.floor(items.length / count);
  const longer = items.length % count;
  let start = 0;
  for (let i = 0; i < count; i++) {
    const end = start + size + (i < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (filler !== null && i >= longer) part.push(filler);
    yield part;
    start = end;
  }
}

function groupBy(
  value: Value,
  attribute: Value | undefined,
  fallback: Value = null,
  sensitive: Value = false,
): Value[] {
  const read = attributeGetter(attribute, fallback);
  const rank = (item: Value): Value => (truthy(sensitive) ? read(item) : ignoringCase(read(item)));
  const groups: { key: Value; items: Value[] }[] = [];
  for (const item of sortBy(iterate(value), rank, false)) {
    const key = rank(item);
    const group = groups.at(-1);
    if (group !== undefined && equal(group.key, key)) group.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map(({ items }) => new NamedTuple(["grouper", "list"], [read(items[0]!), items]));
}
