import { floatText } from "./float-text.ts";
import { isPrintable } from "./printable.ts";
import { Float, isList, keys, type Json } from "./value.ts";

/** Python's `str(value)`: `None`, `True`, `1.0`, `{'a': [1, 'b']}`; a string is itself. */
export function str(value: Json): string {
  return typeof value === "string" ? value : repr(value);
}

/** Python's `repr(value)`: strings come quoted. */
export function repr(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return Number.isInteger(value) ? integerText(value) : floatText(value);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return String(value);
  if (value instanceof Float) return floatText(value.value);
  if (isList(value)) return `[${value.map(repr).join(", ")}]`;
  return `{${keys(value)
    .map((key) => `${quoted(key)}: ${repr(value[key]!)}`)
    .join(", ")}}`;
}

/** An integer beyond 1e21 is no `number` in the value model, but a sum may make one. */
function integerText(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : String(BigInt(value));
}

const PLAIN = /^[ !#-&(-[\]-~]*$/;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

function quoted(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = quote;
  for (const character of text) {
    if (character === quote) result += `\\${quote}`;
    else result += SHORT[character] ?? escaped(character);
  }
  return result + quote;
}

function escaped(character: string): string {
  const code = character.codePointAt(0)!;
  if (isPrintable(code)) return character;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
