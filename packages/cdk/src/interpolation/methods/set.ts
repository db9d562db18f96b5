import { fail } from "../failure.ts";
import { method, type Method } from "../value/call.ts";
import { iterate } from "../value/iterate.ts";
import { keyOf } from "../value/key.ts";
import { PythonSet, type Value } from "../value/value.ts";

export const setMethods: Readonly<Record<string, Method<PythonSet> | undefined>> = {
  copy: method(0, 0, (set) => setOf(set.members.values())),
  union: method(0, Infinity, (set, ...others) =>
    setOf([...set.members.values(), ...others.flatMap((other) => [...iterate(other!)])]),
  ),
  intersection: method(0, Infinity, (set, ...others) => {
    const sets = others.map((other) => setOf(iterate(other!)).members);
    return keep(set, (key) => sets.every((other) => other.has(key)));
  }),
  difference: method(0, Infinity, (set, ...others) => {
    const sets = others.map((other) => setOf(iterate(other!)).members);
    return keep(set, (key) => !sets.some((other) => other.has(key)));
  }),
  symmetric_difference: method(1, 1, (set, other) => {
    const [left, right] = [set, setOf(iterate(other!))];
    const only = keep(left, (key) => !right.members.has(key));
    for (const [key, value] of right.members) if (!left.members.has(key)) only.members.set(key, value);
    return only;
  }),
  issubset: method(1, 1, (set, other) => isWithin(set, setOf(iterate(other!)))),
  issuperset: method(1, 1, (set, other) => isWithin(setOf(iterate(other!)), set)),
  isdisjoint: method(
    1,
    1,
    (set, other) => keep(set, (key) => setOf(iterate(other!)).members.has(key)).members.size === 0,
  ),
  add: method(1, 1, (set, value) => {
    if (!set.members.has(keyOf(value!))) set.members.set(keyOf(value!), value!);
    return null;
  }),
  discard: method(1, 1, (set, value) => {
    set.members.delete(keyOf(value!));
    return null;
  }),
  remove: method(1, 1, (set, value) => {
    if (!set.members.delete(keyOf(value!))) throw fail("KeyError", "not in the set");
    return null;
  }),
  clear: method(0, 0, (set) => {
    set.members.clear();
    return null;
  }),
  pop: method(0, 0, (set) => {
    for (const [key, value] of set.members) {
      set.members.delete(key);
      return value;
    }
    throw fail("KeyError", "'pop from an empty set'");
  }),
  update: method(0, Infinity, (set, ...others) => {
    for (const value of others.flatMap((other) => [...iterate(other!)])) set.members.set(keyOf(value), value);
    return null;
  }),
};

export function setOf(values: Iterable<Value>): PythonSet {
  const set = new PythonSet();
  for (const value of values) {
    const key = keyOf(value);
    if (!set.members.has(key)) set.members.set(key, value);
  }
  return set;
}

function keep(set: PythonSet, wanted: (key: ReturnType<typeof keyOf>) => boolean): PythonSet {
  const kept = new PythonSet();
  for (const [key, value] of set.members) if (wanted(key)) kept.members.set(key, value);
  return kept;
}

function isWithin(small: PythonSet, large: PythonSet): boolean {
  return [...small.members.keys()].every((key) => large.members.has(key));
}
