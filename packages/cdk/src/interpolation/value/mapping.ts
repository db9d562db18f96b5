import { entries, get, has, keys, remove, set, type Json, type JsonObject } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { keyOf } from "./key.ts";
import { Dict, MappingView, Markup, type Mapping, type Value } from "./value.ts";

/** The member under a key, undefined where there is none. */
export function member(mapping: Mapping, key: Value): Value | undefined {
  if (mapping instanceof Dict) return mapping.members.get(keyOf(key))?.[1];
  const name = textKey(mapping, key);
  return name === undefined ? undefined : get(dataOf(mapping), name);
}

export function hasMember(mapping: Mapping, key: Value): boolean {
  if (mapping instanceof Dict) return mapping.members.has(keyOf(key));
  const name = textKey(mapping, key);
  return name !== undefined && has(dataOf(mapping), name);
}

/** Keys and values, in order. */
export function members(mapping: Mapping): (readonly [key: Value, value: Value])[] {
  return mapping instanceof Dict ? [...mapping.members.values()] : entries(dataOf(mapping));
}

export function memberKeys(mapping: Mapping): readonly Value[] {
  return mapping instanceof Dict ? Array.from(mapping.members.values(), ([key]) => key) : keys(dataOf(mapping));
}

export function memberValues(mapping: Mapping): Value[] {
  return members(mapping).map(([, value]) => value);
}

export function memberCount(mapping: Mapping): number {
  return mapping instanceof Dict ? mapping.members.size : keys(dataOf(mapping)).length;
}

export function setMember(mapping: Mapping, key: Value, value: Value): void {
  if (mapping instanceof Dict) {
    const identity = keyOf(key);
    const known = mapping.members.get(identity);
    if (known === undefined) mapping.members.set(identity, [key, value]);
    else known[1] = value;
    return;
  }
  if (mapping instanceof MappingView && mapping.options.anyCase !== true) {
    throw typeError(`'${mapping.typeName}' object does not support item assignment`);
  }
  const name = textKey(mapping, key);
  if (name === undefined) throw typeError("only text can be a key of an object out of JSON");
  // What a template puts into an object of the record's is read back by templates only, or printed as text.
  set(dataOf(mapping), name, value as Json);
}

export function removeMember(mapping: Mapping, key: Value): void {
  if (mapping instanceof Dict) mapping.members.delete(keyOf(key));
  else remove(dataOf(mapping), textKey(mapping, key) ?? "");
}

export function dictOf(items: Iterable<readonly [key: Value, value: Value]>): Dict {
  const dict = new Dict();
  for (const [key, value] of items) setMember(dict, key, value);
  return dict;
}

export function dataOf(mapping: JsonObject | MappingView): JsonObject {
  return isView(mapping) ? mapping.data : mapping;
}

function isView(mapping: JsonObject | MappingView): mapping is MappingView {
  return mapping instanceof MappingView;
}

/** The name of a member, undefined for a key that no JSON object can have. */
function textKey(mapping: JsonObject | MappingView, key: Value): string | undefined {
  if (key instanceof Markup) return textKey(mapping, key.text);
  if (typeof key !== "string") {
    keyOf(key); // fails for a list or a dict
    return undefined;
  }
  if (!isView(mapping) || mapping.options.anyCase !== true || has(mapping.data, key)) return key;
  const lower = key.toLowerCase();
  return keys(mapping.data).find((name) => name.toLowerCase() === lower) ?? key;
}
