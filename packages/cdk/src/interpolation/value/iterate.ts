import { typeError } from "../failure.ts";
import { isList, isMapping, isText, typeName } from "./kind.ts";
import { memberCount, memberKeys } from "./mapping.ts";
import { str, viewItems } from "./text.ts";
import { Bytes, DictView, Instance, Iteration, PythonSet, Undefined, type Value } from "./value.ts";

/** What Python goes through with `for item in value`. */
export function iterate(value: Value): Iterable<Value> {
  return iterable(value) ?? raise(typeError(`'${typeName(value)}' object is not iterable`));
}

/** As {@link iterate}; undefined for what cannot be gone through. */
export function iterable(value: Value): Iterable<Value> | undefined {
  if (isList(value)) return value;
  if (isText(value)) return str(value);
  if (isMapping(value)) return memberKeys(value);
  if (value instanceof Undefined) return [];
  if (value instanceof Iteration) return value.iterator;
  if (value instanceof DictView) return viewItems(value);
  if (value instanceof PythonSet) return value.members.values();
  if (value instanceof Bytes) return value.data;
  return value instanceof Instance ? value.behaviour.iterate?.() : undefined;
}

/** Python's `list(value)`. */
export function listOf(value: Value): Value[] {
  return [...iterate(value)];
}

/** Python's `len(value)`, undefined for what has none. */
export function sizeOf(value: Value): number | undefined {
  if (isList(value)) return value.length;
  if (isText(value)) return codePointCount(str(value));
  if (isMapping(value)) return memberCount(value);
  if (value instanceof Undefined) return 0;
  if (value instanceof DictView) return memberCount(value.mapping);
  if (value instanceof PythonSet) return value.members.size;
  if (value instanceof Bytes) return value.data.length;
  return value instanceof Instance ? value.behaviour.size?.() : undefined;
}

export function length(value: Value): number {
  return sizeOf(value) ?? raise(typeError(`object of type '${typeName(value)}' has no len()`));
}

const PAIRED = /[\ud800-\udfff]/;

/** Whether code points and UTF-16 units are the same in this text. */
export function isSimple(text: string): boolean {
  return !PAIRED.test(text);
}

export function codePointCount(text: string): number {
  return isSimple(text) ? text.length : Array.from(text).length;
}

function raise(error: Error): never {
  throw error;
}
