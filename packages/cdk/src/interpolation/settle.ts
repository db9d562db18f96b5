import { Float, keys, set, type Json, type JsonObject } from "../json/value.ts";
import { literal } from "./literal.ts";
import { isJsonObject, isList } from "./value/kind.ts";
import { str } from "./value/text.ts";
import { NamedTuple, Tuple, tuple, type Value } from "./value/value.ts";

/** A type that the literal in a text may have, under Python's name. */
export type LiteralType = "str" | "int" | "float" | "bool" | "list" | "dict" | "tuple";

/**
 * The result of a template whose only expression has this value: the value that its text, read as a literal, would have.
 * For most values that is known without writing the text.
 * @returns undefined when the text would be empty
 */
export function settle(value: Value, validTypes: readonly LiteralType[] | undefined): Json | undefined {
  if (typeof value === "string") return settleText(value, validTypes);
  if (validTypes !== undefined) return settleText(str(value), validTypes);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float) return Number.isFinite(value.value) ? value : str(value);
  const copied = copy(value, 0);
  return copied === undefined ? settleText(str(value), validTypes) : copied;
}

/** The result of a template that comes to this text. */
export function settleText(text: string, validTypes: readonly LiteralType[] | undefined): Json | undefined {
  if (text === "") return undefined;
  const value = literal(text);
  if (value === undefined) return text;
  return validTypes === undefined || validTypes.some((type) => isOfType(value, type, text)) ? value : text;
}

/** Python's `isinstance`: a boolean is an integer too. */
function isOfType(value: Json, type: LiteralType, text: string): boolean {
  switch (type) {
    case "str":
      return typeof value === "string";
    case "int":
      return typeof value === "bigint" || typeof value === "boolean" || Number.isInteger(value);
    case "float":
      return value instanceof Float || (typeof value === "number" && !Number.isInteger(value));
    case "bool":
      return typeof value === "boolean";
    case "list":
      // A set comes as a list, but is none.
      return isList(value) && !(value instanceof Tuple) && !/^\s*(?:set|\{)/.test(text);
    case "tuple":
      return value instanceof Tuple;
    case "dict":
      return isJsonObject(value);
  }
}

/** Python's parser gives up on deeper brackets, and the text stays a text. */
const DEEPEST = 200;

/** A copy of what consists of JSON alone, as reading its text would make it; undefined where the text must be read. */
function copy(value: Value, depth: number): Json | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Float) return Number.isFinite(value.value) ? value : undefined;
  if (depth >= DEEPEST) return undefined;
  if (isList(value)) return copyList(value, depth);
  return isJsonObject(value) ? copyObject(value, depth) : undefined;
}

function copyList(list: readonly Value[], depth: number): readonly Json[] | undefined {
  if (list instanceof NamedTuple && list.typeName !== undefined) return undefined;
  const items: Json[] = [];
  for (const item of list) {
    const copied = copy(item, depth + 1);
    if (copied === undefined) return undefined;
    items.push(copied);
  }
  return list instanceof Tuple ? tuple(items) : items;
}

function copyObject(object: JsonObject, depth: number): JsonObject | undefined {
  const result: JsonObject = {};
  for (const key of keys(object)) {
    const copied = copy(object[key]!, depth + 1);
    if (copied === undefined) return undefined;
    set(result, key, copied);
  }
  return result;
}
