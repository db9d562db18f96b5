import { compare } from "./compare.ts";
import { floatText } from "./float-text.ts";
import { Float, isList, keys, type Json } from "./value.ts";

interface PythonJsonOptions {
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
    if (item instanceof Float) return CONSTANTS[floatText(item.value)] ?? floatText(item.value);
    if (isList(item)) return `[${item.map(write).join(separators[0])}]`;
    if (item === null || typeof item !== "object") return String(item);
    const names = sortKeys ? keys(item).toSorted((a, b) => compare(a, b)) : keys(item);
    return `{${names.map((key) => `${text(key)}${separators[1]}${write(item[key]!)}`).join(separators[0])}}`;
  };
  return write(value);
}

const CONSTANTS: Readonly<Record<string, string>> = { nan: "NaN", inf: "Infinity", "-inf": "-Infinity" };

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const asciiText = (text: string): string => JSON.stringify(text).replace(/[\u007f-\uffff]/g, unicodeEscape);
/** `JSON.stringify` escapes lone surrogates, Python leaves them. */
const plainText = (text: string): string =>
  /\p{Cs}/u.test(text)
    ? `"${text.replace(/["\\\0-\x1f]/g, (c) => JSON.stringify(c).slice(1, -1))}"`
    : JSON.stringify(text);
