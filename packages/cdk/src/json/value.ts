/**
 * The value model: what a JSON value is in memory, so that nothing Python keeps is lost.
 *
 * - A `number` with an integral value is an integer; any other finite `number` is a float.
 * - A float whose value is integral (`1.0`, `1e20`), or not finite, is a {@link Float}: `1.0` stays a float.
 * - An integer beyond ±(2^53−1) is a `bigint`.
 * - An object is a plain object, `__proto__` an own key like any other. One with integer-like keys (`"10"`), which
 *   JavaScript would reorder, remembers the text's order under a hidden symbol. So objects are read and changed by
 *   {@link get}, {@link set}, {@link remove}, {@link keys}, {@link entries}, never by `for in` or assignment.
 */
export type Json = null | boolean | number | bigint | string | Float | readonly Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

const order: unique symbol = Symbol("key order");
type Ordered = JsonObject & { [order]?: string[] };

/** Makes `JSON.stringify` give up on a value which it would print wrongly; see printJson. */
function refuse(): never {
  throw unprintable;
}
const unprintable: TypeError = new TypeError("JSON.stringify cannot print this value exactly; use printJson");

/** The prototype of objects whose order `JSON.stringify` would not keep. (A member named `toJSON` hides it: the order is lost.) */
const reordered: object = Object.create(Object.prototype, { toJSON: { value: refuse, writable: true } }) as object;

/** A float whose value a `number` cannot tell from an integer: integral, infinite or not a number. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  toJSON(): never {
    return refuse();
  }
}

/** The float of this value: a plain `number` where that is unmistakable, else a {@link Float}. */
export function float(value: number): number | Float {
  return Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value;
}

/** The integer of this value: a `number` in the safe range, else a `bigint`. */
export function integer(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

/** Whether a value is an object: no list, and no number. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

/** Whether a value is a list; `Array.isArray` alone would not tell a readonly list from an object. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** An object's own member; undefined where it has none. */
export function get(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether an object has a member of its own. */
export function has(object: JsonObject, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** Sets a member; a new one comes last. */
export function set(object: JsonObject, key: string, value: Json): void {
  const ordered = (object as Ordered)[order];
  if (ordered !== undefined) {
    if (!Object.hasOwn(object, key)) ordered.push(key);
  } else if (integerLike(key) && !Object.hasOwn(object, key)) {
    remember(object, [...Object.keys(object), key]);
  }
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else object[key] = value;
}

/** Takes a member away. */
export function remove(object: JsonObject, key: string): void {
  const ordered = (object as Ordered)[order];
  if (ordered !== undefined && Object.hasOwn(object, key)) ordered.splice(ordered.indexOf(key), 1);
  delete object[key];
}

/** The keys in the order of the text. Not to be changed. */
export function keys(object: JsonObject): readonly string[] {
  return (object as Ordered)[order] ?? Object.keys(object);
}

/** The members in the order of the text. */
export function entries(object: JsonObject): [string, Json][] {
  return keys(object).map((key) => [key, object[key]!]);
}

/** A shallow copy that keeps the order of keys. */
export function copy(object: JsonObject): JsonObject {
  const clone = { ...object };
  const ordered = (object as Ordered)[order];
  if (ordered !== undefined) remember(clone, [...ordered]);
  return clone;
}

/** An object of members, in their order. */
export function fromEntries(members: Iterable<readonly [string, Json]>): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of members) set(object, key, value);
  return object;
}

/** Whether some key of this object stands elsewhere than JavaScript would list it. */
export function isReordered(object: JsonObject): boolean {
  return (object as Ordered)[order] !== undefined;
}

function remember(object: JsonObject, names: string[]): void {
  Object.defineProperty(object, order, { value: names, enumerable: false, configurable: true });
  Object.setPrototypeOf(object, reordered);
}

function integerLike(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295;
}
