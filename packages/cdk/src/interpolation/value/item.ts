import { fail, typeError } from "../failure.ts";
import { codePointCount, isSimple } from "./iterate.ts";
import { isInteger, isJsonObject, isList, isMapping, isText, typeName } from "./kind.ts";
import { member } from "./mapping.ts";
import { str } from "./text.ts";
import { raiseUndefined } from "./undefined.ts";
import { Bytes, Markup, PythonSet, Tuple, Undefined, tuple, type Value } from "./value.ts";
import { get } from "../../json/value.ts";

/** `object[key]`, undefined where Python raises a TypeError or a LookupError. */
export function item(object: Value, key: Value): Value | undefined {
  if (typeof key === "string" && isJsonObject(object)) return get(object, key);
  if (object instanceof Undefined) raiseUndefined(object);
  if (isMapping(object)) return isHashable(key) ? member(object, key) : undefined;
  if (!isInteger(key)) return undefined;
  const index = Number(key);
  if (isList(object)) return object[index < 0 ? index + object.length : index];
  if (isText(object)) {
    const character = characterAt(str(object), index);
    return character === undefined || typeof object === "string" ? character : new Markup(character);
  }
  if (object instanceof Bytes) return object.data[index < 0 ? index + object.data.length : index];
  return undefined;
}

function isHashable(key: Value): boolean {
  if (isJsonObject(key) || key instanceof PythonSet) return false;
  if (!isList(key)) return true;
  return key instanceof Tuple && key.every(isHashable);
}

function characterAt(text: string, index: number): string | undefined {
  if (isSimple(text)) return text[index < 0 ? index + text.length : index];
  const points = Array.from(text);
  return points[index < 0 ? index + points.length : index];
}

/** The bounds of a slice, each undefined where left out. */
export interface Bounds {
  readonly start: Value | undefined;
  readonly stop: Value | undefined;
  readonly step: Value | undefined;
}

/** `object[start:stop:step]`. */
export function slice(object: Value, bounds: Bounds): Value {
  if (typeof object === "string") return sliceText(object, bounds);
  if (object instanceof Markup) return new Markup(sliceText(object.text, bounds));
  if (isList(object)) {
    const part = pick(object, bounds);
    return object instanceof Tuple ? tuple(part) : part;
  }
  if (object instanceof Bytes) return new Bytes(Uint8Array.from(pick([...object.data], bounds)));
  if (object instanceof Undefined) raiseUndefined(object);
  if (isMapping(object)) throw typeError("unhashable type: 'slice'");
  throw typeError(`'${typeName(object)}' object is not subscriptable`);
}

function sliceText(text: string, bounds: Bounds): string {
  if (!isSimple(text)) return pick(Array.from(text), bounds).join("");
  const [start, stop, step] = resolve(codePointCount(text), bounds);
  return step === 1 ? text.slice(start, Math.max(start, stop)) : pick(text.split(""), bounds).join("");
}

function pick<Item>(items: readonly Item[], bounds: Bounds): Item[] {
  const [start, stop, step] = resolve(items.length, bounds);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const picked: Item[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) picked.push(items[i]!);
  return picked;
}

function resolve(size: number, bounds: Bounds): [start: number, stop: number, step: number] {
  const step = bound(bounds.step) ?? 1;
  if (step === 0) throw fail("ValueError", "slice step cannot be zero");
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const place = (given: number | undefined, absent: number): number => {
    if (given === undefined) return absent;
    return Math.min(Math.max(given < 0 ? given + size : given, low), high);
  };
  return [place(bound(bounds.start), step > 0 ? low : high), place(bound(bounds.stop), step > 0 ? high : low), step];
}

function bound(value: Value | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (isInteger(value)) return Number(value);
  throw typeError("slice indices must be integers or None or have an __index__ method");
}
