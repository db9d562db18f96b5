import { DateTime, PlainDate } from "../../datetime/datetime.ts";
import { Timedelta, toMicros } from "../../datetime/timedelta.ts";
import { Float } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { isJsonObject, isList, isTuple, typeName } from "./kind.ts";
import { Bytes, Dict, DictView, Markup, MappingView, PythonSet, Undefined, type Key, type Value } from "./value.ts";

/**
 * Stands for a value among the keys of a dict or the members of a set: equal values have the same key.
 * @throws a TypeError for what Python cannot hash: a list, a dict, a set
 */
export function keyOf(value: Value): Key {
  if (typeof value === "string") return value.startsWith("\0") ? `\0s${value}` : value;
  if (typeof value === "number" || value === null) return value;
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Float) return floatKey(value);
  if (isTuple(value)) return `\0t${value.map((item) => partText(keyOf(item))).join("\0,")}\0)`;
  if (value instanceof Markup) return keyOf(value.text);
  if (value instanceof DateTime) return dateTimeKey(value);
  if (value instanceof PlainDate) return `\0p${value.days}`;
  if (value instanceof Timedelta) return `\0m${toMicros(value)}`;
  if (value instanceof Undefined) return "\0u";
  if (value instanceof Bytes) return `\0b${value.data.join()}`;
  if (isUnhashable(value)) throw typeError(`unhashable type: '${typeName(value)}'`);
  return value;
}

function isUnhashable(value: Value): boolean {
  if (isList(value) || isJsonObject(value) || value instanceof Dict || value instanceof PythonSet) return true;
  if (value instanceof DictView) return value.part !== "values";
  return value instanceof MappingView && value.typeName !== "StreamSlice";
}

function floatKey(value: Float): Key {
  const { value: number } = value;
  if (!Number.isInteger(number)) return Number.isNaN(number) ? value : number;
  return Number.isSafeInteger(number) ? number + 0 : BigInt(number);
}

function dateTimeKey({ millis, micros, offset }: DateTime): string {
  return offset === undefined ? `\0n${millis}.${micros}` : `\0d${millis * 1000 + micros - Math.round(offset * 1e6)}`;
}

const identities = new WeakMap<object, number>();
let identity = 0;

function partText(key: Key): string {
  if (typeof key !== "object" || key === null) return `${typeof key === "string" ? "s" : "n"}${String(key)}`;
  if (!identities.has(key)) identities.set(key, identity++);
  return `o${identities.get(key)!}`;
}
