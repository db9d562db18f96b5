import { fail, valueError } from "../failure.ts";
import { integerArgument, method, type Method } from "../value/call.ts";
import { same } from "../value/equal.ts";
import { iterate, listOf } from "../value/iterate.ts";
import { sortBy } from "../value/sort.ts";
import { callValue } from "../value/call.ts";
import type { Tuple, Value } from "../value/value.ts";

type List = readonly Value[];

const shared: Readonly<Record<string, Method<List>>> = {
  count: method(1, 1, (list, value) => list.filter((item) => same(item, value!)).length),
  index: method(1, 3, (list, value, start, stop) => {
    const place = (index: number): number => (index < 0 ? Math.max(index + list.length, 0) : index);
    const end = place(integerArgument(stop, list.length));
    for (let i = place(integerArgument(start, 0)); i < Math.min(end, list.length); i++) {
      if (same(list[i]!, value!)) return i;
    }
    throw valueError("is not in list");
  }),
};

export const tupleMethods: Readonly<Record<string, Method<Tuple> | undefined>> = shared;

/** The methods of Python's `list`. Those that change it change what the context holds too, as in the reference. */
export const listMethods: Readonly<Record<string, Method<List> | undefined>> = {
  ...shared,
  copy: method(0, 0, (list) => [...list]),
  append: changing(1, 1, (list, value) => void list.push(value!)),
  extend: changing(1, 1, (list, values) => void list.push(...listOf(values!))),
  insert: changing(2, 2, (list, index, value) => void list.splice(integerArgument(index), 0, value!)),
  clear: changing(0, 0, (list) => void list.splice(0)),
  reverse: changing(0, 0, (list) => void list.reverse()),
  remove: changing(1, 1, (list, value) => {
    const at = list.findIndex((item) => same(item, value!));
    if (at < 0) throw valueError("list.remove(x): x not in list");
    list.splice(at, 1);
  }),
  pop: changing(0, 1, (list, index) => {
    const at = integerArgument(index, -1);
    if (list.length === 0) throw fail("IndexError", "pop from empty list");
    const place = at < 0 ? at + list.length : at;
    const [taken] = place < 0 ? [] : list.splice(place, 1);
    if (taken === undefined) throw fail("IndexError", "pop index out of range");
    return taken;
  }),
  sort: {
    ...changing(0, 0, (list, key, reverse) => {
      const rank =
        key === undefined || key === null ? undefined : (item: Value): Value => callValue(key, [item], new Map());
      list.splice(0, list.length, ...sortBy(iterate(list), rank, integerArgument(reverse, 0) !== 0));
    }),
    names: ["key", "reverse"],
  },
};

function changing(
  least: number,
  most: number,
  change: (list: Value[], ...given: (Value | undefined)[]) => Value | void,
): Method<List> {
  // Python's lists are all open to change; only this place changes one.
  return method(least, most, (list, ...given) => change(list as Value[], ...given) ?? null);
}
