import { unicodePattern } from "./unicode.ts";
import { float, integer, type Float } from "../../json/value.ts";
import { fail, valueError } from "../failure.ts";
import { strip } from "./whitespace.ts";

const INTEGER = /^[-+]?\d+(?:_\d+)*$/;
const FLOAT = /^[-+]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?|inf|infinity|nan)$/i;
const LONGEST = 4300;
const DIGIT = unicodePattern("\\p{Nd}");
const DIGITS = unicodePattern("\\p{Nd}", "gu");

/** Python's `int(text)`. */
export function parseInteger(text: string, base = 10): number | bigint {
  const given = asciiDigits(strip(text));
  if (base !== 10) return parseInBase(given, base);
  if (!INTEGER.test(given) || given.length > LONGEST + given.split("_").length) throw noInteger(text, base);
  const digits = given.replaceAll("_", "").replace("+", "");
  return digits.length < 16
    ? Number(digits) + 0
    : integer(BigInt(digits.replace(/^(-?)0+(?=\d)/, "$1").replace(/^-/, "")) * (digits.startsWith("-") ? -1n : 1n));
}

const PREFIXES: Readonly<Record<number, string>> = { 2: "0b", 8: "0o", 16: "0x" };

function parseInBase(text: string, base: number): number | bigint {
  const [, sign = "", rest = ""] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const lower = rest.toLowerCase();
  const prefixed = Object.entries(PREFIXES).find(([, prefix]) => lower.startsWith(prefix));
  const actual = base === 0 ? Number(prefixed?.[0] ?? 10) : base;
  if (actual < 2 || actual > 36) throw valueError("int() base must be >= 2 and <= 36, or 0");
  const prefix = PREFIXES[actual];
  const stripped = prefix !== undefined && lower.startsWith(prefix) ? lower.slice(2).replace(/^_/, "") : lower;
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/.test(stripped)) throw noInteger(text, base);
  if (base === 0 && actual === 10 && /^0[0_]*[1-9]/.test(stripped)) throw noInteger(text, base);
  let value = 0n;
  for (const digit of stripped.replaceAll("_", "")) {
    const worth = parseInt(digit, 36);
    if (worth >= actual) throw noInteger(text, base);
    value = value * BigInt(actual) + BigInt(worth);
  }
  return integer(sign === "-" ? -value : value);
}

/** Python's `float(text)`. */
export function parseFloatText(text: string): number | Float {
  const given = asciiDigits(strip(text));
  if (!FLOAT.test(given)) throw valueError(`could not convert string to float: '${text}'`);
  const plain = given.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("nan")) return float(NaN);
  if (plain.includes("inf")) return float(plain.startsWith("-") ? -Infinity : Infinity);
  return float(Number(plain));
}

/** Python's `int(float)`. */
export function truncate(value: number): number | bigint {
  if (Number.isNaN(value)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw fail("OverflowError", "cannot convert float infinity to integer");
  const whole = Math.trunc(value) + 0;
  return Number.isSafeInteger(whole) ? whole : BigInt(whole);
}

/** An integer as a float, exactly where that is possible. */
export function toFloat(value: number | bigint): number {
  const number = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(number))
    throw fail("OverflowError", "int too large to convert to float");
  return number;
}

/** Digits of other scripts count as the ones of ASCII. */
function asciiDigits(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return text.replace(DIGITS(), (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (DIGIT().test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--;
    return String(code - zero);
  });
}

function noInteger(text: string, base: number): Error {
  return valueError(`invalid literal for int() with base ${base}: '${text}'`);
}
