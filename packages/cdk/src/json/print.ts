import { compare } from "./compare.ts";
import { floatText } from "./float-text.ts";
import { copy, Float, isObject, keys, remove, type Json, type JsonObject } from "./value.ts";

/**
 * JSON text as it goes to stdout: compact, non-ASCII as it is, every number exact. What is not finite prints as `null`,
 * as in the reference's messages: no JSON reader takes `NaN`.
 */
export function printJson(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return print(value); // a Float, a bigint, or keys that JavaScript reorders
  }
}

/** As {@link printJson}, an object's top-level nulls left out, as records go to stdout. */
export function printRow(value: Json): string {
  if (!isObject(value)) return printJson(value);
  let kept: JsonObject | undefined;
  for (const key of keys(value)) {
    if (value[key] !== null) continue;
    kept ??= copy(value);
    remove(kept, key);
  }
  return printJson(kept ?? value);
}

function print(value: Json): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Float) return printFloat(value.value);
  if (isList(value)) {
    let items = "";
    for (const item of value) items += items === "" ? print(item) : `,${print(item)}`;
    return `[${items}]`;
  }
  let members = "";
  for (const key of keys(value)) {
    const member = `${JSON.stringify(key)}:${print(value[key]!)}`;
    members += members === "" ? member : `,${member}`;
  }
  return `{${members}}`;
}

function printFloat(value: number): string {
  return Number.isFinite(value) ? floatText(value) : "null";
}

export interface PythonJsonOptions {
  readonly sortKeys?: boolean;
  /** Escapes all but ASCII; true when left out. */
  readonly ensureAscii?: boolean;
  /** What stands between items, and between key and value; `[", ", ": "]` when left out. */
  readonly separators?: readonly [string, string];
}

/** JSON text as Python's `json.dumps` writes it, `NaN` and `Infinity` included. */
export function printPython(value: Json, options: PythonJsonOptions = {}): string {
  const { sortKeys = false, ensureAscii = true, separators = [", ", ": "] } = options;
  const text = ensureAscii ? asciiText : plainText;
  const write = (item: Json): string => {
    if (typeof item === "string") return text(item);
    if (typeof item === "number") return Number.isInteger(item) ? String(item) : floatText(item);
    if (item === null || typeof item === "boolean" || typeof item === "bigint") return String(item);
    if (item instanceof Float) return CONSTANTS[floatText(item.value)] ?? floatText(item.value);
    if (isList(item)) return `[${item.map(write).join(separators[0])}]`;
    const names = sortKeys ? keys(item).toSorted(compare) : keys(item);
    return `{${names.map((key) => `${text(key)}${separators[1]}${write(item[key]!)}`).join(separators[0])}}`;
  };
  return write(value);
}

const CONSTANTS: Readonly<Record<string, string>> = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity" };

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const asciiText = (text: string): string => JSON.stringify(text).replace(/[\u007f-\uffff]/g, unicodeEscape);
/** `JSON.stringify` escapes lone surrogates, Python leaves them. */
const plainText = (text: string): string => JSON.stringify(text);

/** `Array.isArray` does not tell a readonly list from an object. */
function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
