import { repr } from "../json/python-text.ts";
import { Float, integer, type Json } from "../json/value.ts";
import { overflowError, typeError, valueError, type DateTimeFailure } from "./failure.ts";

const space = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const digits = "\\d+(?:_\\d+)*";
const integerText = new RegExp(`^${space}*([+-]?${digits})${space}*$`);
const floatText = new RegExp(
  `^${space}*([+-]?(?:(?:${digits})?\\.${digits}|${digits}\\.?)(?:e[+-]?${digits})?|[+-]?(?:inf(?:inity)?|nan))${space}*$`,
  "i",
);

/** Python's `int(value)`: a string of digits, or a number cut towards zero. */
export function toInteger(value: Json): number | bigint {
  if (typeof value === "string") return readInteger(value);
  if (typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = value instanceof Float ? value.value : value;
  if (typeof number !== "number") throw notNumeric("int", "a string, a bytes-like object or a real number", value);
  if (Number.isNaN(number)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(number)) throw overflowError("cannot convert float infinity to integer");
  const whole = Math.trunc(number);
  return Number.isSafeInteger(whole) ? whole : BigInt(whole);
}

/** Python's `int(text)`: spaces around and underscores between digits are allowed. */
export function readInteger(text: string): number | bigint {
  const literal = integerText.exec(text)?.[1];
  if (literal === undefined) throw notAnInteger(text);
  if (literal.length < 16 && !literal.includes("_")) return Number(literal) + 0;
  const plain = literal.replaceAll("_", "").replace("+", "");
  return integer(plain.startsWith("-") ? -BigInt(plain.slice(1)) : BigInt(plain));
}

/** Whether {@link readInteger} takes the text; asked where a failure is expected, since a thrown error is slow. */
export function isInteger(text: string): boolean {
  return integerText.test(text);
}

export function notAnInteger(text: string): DateTimeFailure {
  return valueError(`invalid literal for int() with base 10: ${repr(text)}`);
}

/** Python's `float(value)`. */
export function toFloat(value: Json): number {
  if (typeof value === "string") {
    const literal = floatText.exec(value)?.[1]?.replaceAll("_", "");
    if (literal === undefined) throw notAFloat(value);
    if (/nan/i.test(literal)) return NaN;
    return /inf/i.test(literal) ? (literal.startsWith("-") ? -Infinity : Infinity) : Number(literal);
  }
  const number = value instanceof Float ? value.value : value;
  if (typeof number === "number" || typeof number === "bigint" || typeof number === "boolean") return Number(number);
  throw notNumeric("float", "a string or a real number", value);
}

/** Whether {@link toFloat} takes the text. */
export function isFloat(text: string): boolean {
  return floatText.test(text);
}

export function notAFloat(text: string): DateTimeFailure {
  return valueError(`could not convert string to float: ${repr(text)}`);
}

function notNumeric(type: string, wanted: string, value: Json): Error {
  const found = value === null ? "NoneType" : Array.isArray(value) ? "list" : "dict";
  return typeError(`${type}() argument must be ${wanted}, not '${found}'`);
}
