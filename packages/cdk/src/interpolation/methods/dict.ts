import { copy } from "../../json/value.ts";
import { fail, typeError } from "../failure.ts";
import { method, wholeMethod, type Method } from "../value/call.ts";
import { iterate, listOf } from "../value/iterate.ts";
import { isList, isMapping } from "../value/kind.ts";
import { dataOf, dictOf, memberCount, member, memberKeys, members, removeMember, setMember } from "../value/mapping.ts";
import { repr } from "../value/text.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Dict, DictView, MappingView, Undefined, tuple, type Mapping, type Value } from "../value/value.ts";

const reading: Readonly<Record<string, Method<Mapping>>> = {
  get: method(1, 2, (dict, key, absent = null) => {
    const found = member(dict, key!);
    return found === undefined ? absent : found;
  }),
  keys: method(0, 0, (dict) => new DictView("keys", dict)),
  values: method(0, 0, (dict) => new DictView("values", dict)),
  items: method(0, 0, (dict) => new DictView("items", dict)),
  copy: method(0, 0, (dict) => (dict instanceof Dict ? dictOf(members(dict)) : copy(dataOf(dict)))),
};

/** The methods of objects that act like a dict. */
export const viewMethods: Readonly<Record<string, Method<MappingView> | undefined>> = reading;

/** The methods of Python's `dict`. Those that change it change what the context holds too, as in the reference. */
export const dictMethods: Readonly<Record<string, Method<Mapping> | undefined>> = {
  ...reading,
  fromkeys: method(1, 2, (_dict, keys, value) => dictOf(Array.from(iterate(keys!), (key) => [key, value ?? null]))),
  setdefault: method(1, 2, (dict, key, value) => {
    const known = member(dict, key!);
    if (known !== undefined) return known;
    setMember(dict, key!, value ?? null);
    return value ?? null;
  }),
  pop: method(1, 2, (dict, key, absent) => {
    const found = memberCount(dict) === 0 ? undefined : member(dict, key!);
    const known = found === undefined ? absent : found;
    if (known === undefined) throw fail("KeyError", repr(key!));
    if (found !== undefined) removeMember(dict, key!);
    return known;
  }),
  popitem: method(0, 0, (dict) => {
    const last = members(dict).at(-1);
    if (last === undefined) throw fail("KeyError", "'popitem(): dictionary is empty'");
    removeMember(dict, last[0]);
    return tuple(last);
  }),
  clear: method(0, 0, (dict) => {
    for (const key of [...memberKeys(dict)]) removeMember(dict, key);
    return null;
  }),
  update: wholeMethod((dict, positional, named) => {
    const [source, more] = positional;
    if (more !== undefined) throw typeError(`update expected at most 1 argument, got ${positional.length}`);
    for (const [key, value] of source === undefined ? [] : pairsOf(source)) setMember(dict, key, value);
    for (const [key, value] of named) setMember(dict, key, value);
    return null;
  }),
};

/** What `dict(source)` and `update(source)` take: a mapping, or pairs. */
export function pairsOf(source: Value): (readonly [key: Value, value: Value])[] {
  if (isMapping(source)) return members(source);
  if (source instanceof Undefined) raiseUndefined(source);
  return listOf(source).map((pair, i) => {
    const [key, value, more] = isList(pair) || typeof pair === "string" ? listOf(pair) : wrongPair(i);
    if (key === undefined || value === undefined || more !== undefined) {
      throw fail("ValueError", `dictionary update sequence element #${i} has the wrong length; 2 is required`);
    }
    return [key, value];
  });
}

function wrongPair(place: number): never {
  throw typeError(`cannot convert dictionary update sequence element #${place} to a sequence`);
}
