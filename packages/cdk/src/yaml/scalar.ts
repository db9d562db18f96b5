import { float, integer, type Json } from "../json/value.ts";
import { YamlFault } from "./reading.ts";
import { isoTimestamp, TIMESTAMP } from "./timestamp.ts";

const WORDS: Readonly<Record<string, boolean | null>> = {
  ...spellings("yes", true),
  ...spellings("true", true),
  ...spellings("on", true),
  ...spellings("no", false),
  ...spellings("false", false),
  ...spellings("off", false),
  ...spellings("null", null),
  "~": null,
  "": null,
};
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
// What a tag takes is what Python's int() and float() take.
const STATED_INTEGER =
  /^[-+]?(?:_*0b_*[01][01_]*|_*0_*o?_*[0-7][0-7_]*|_*0_*|_*[1-9][0-9_]*|_*0x_*[0-9a-fA-F][0-9a-fA-F_]*|_*[1-9][0-9_]*(?::_*[0-9][0-9_]*)+)$/;
const STATED_FLOAT =
  /^[-+]?(?:(?:[0-9_]*[0-9][0-9_]*(?:\.[0-9_]*)?|_*\._*[0-9][0-9_]*)(?:[eE][-+]?[0-9][0-9_]*|(?::[0-9]+(?:\.[0-9_]*)?)+)?|\.?inf|\.?nan|infinity)$/i;
const SHORT_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["yes", "true", "on"].map((word) => [word, true] as const),
  ...["no", "false", "off"].map((word) => [word, false] as const),
]);

/**
 * What YAML 1.1 makes of an unquoted scalar, as PyYAML reads it: `yes` and `off` are booleans, `0x1F`, `017` and `1:30`
 * integers, `1.5e+3` a float but `1e5` a text. A date stays a text, in the form that the reference prints it in.
 * @throws YamlFault where it looks like a value and is none (`2021-02-30`); `at` is where it stands.
 */
export function plainScalar(text: string, at: number): Json {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return SHORT_INTEGER.test(text) ? Number(text) : numberOrText(text, at);
  switch (first) {
    case 43: // + - .
    case 45:
    case 46:
      return numberOrText(text, at);
    default:
      return text.length <= 5 && Object.hasOwn(WORDS, text) ? WORDS[text]! : text;
  }
}

/** `<<` and `=` mean something as keys only. */
export const noValue = (text: string, at: number): YamlFault =>
  new YamlFault(`${text} is no value; quote it if it is a text.`, at);

/** The value of a scalar that states its type by a tag (`!!int "3"`), or undefined where it is none of that type. */
export function taggedScalar(tag: string, text: string): Json | undefined {
  switch (tag) {
    case "str":
      return text;
    case "null":
      return null;
    case "bool":
      return BOOLEANS.get(text.toLowerCase());
    case "int":
      return STATED_INTEGER.test(text) ? readInteger(text) : undefined;
    case "float":
      return STATED_FLOAT.test(text) ? readFloat(text) : undefined;
    case "timestamp":
      return TIMESTAMP.test(text) ? isoTimestamp(text) : undefined;
    default:
      return undefined;
  }
}

function numberOrText(text: string, at: number): Json {
  if (FLOAT.test(text)) return readFloat(text);
  if (INTEGER.test(text)) {
    if (/^[-+]?0[bx]_+$/.test(text)) throw new YamlFault(`${text} has no digits.`, at);
    return readInteger(text);
  }
  if (!TIMESTAMP.test(text)) return text;
  const time = isoTimestamp(text);
  if (time === undefined) throw new YamlFault(`There is no date or time ${text}; quote it if it is a text.`, at);
  return time;
}

function readInteger(text: string): number | bigint {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  const size = digits.includes(":")
    ? digits.split(":").reduce((total, part) => total * 60n + BigInt(part), 0n)
    : BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  return integer(text.startsWith("-") ? -size : size);
}

function readFloat(text: string): Json {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "").toLowerCase();
  const sign = text.startsWith("-") ? -1 : 1;
  if (/^\.?inf/.test(digits)) return float(sign * Infinity);
  if (digits.endsWith("nan")) return float(NaN);
  if (!digits.includes(":")) return float(sign * Number(digits));
  // From the smallest place up, as PyYAML does: the last bit of the sum depends on it.
  let base = sign;
  let total = 0;
  for (const part of digits.split(":").reverse()) {
    total += Number(part) * base;
    base *= 60;
  }
  return float(total);
}

function spellings(word: string, value: boolean | null): Record<string, boolean | null> {
  return { [word]: value, [word[0]!.toUpperCase() + word.slice(1)]: value, [word.toUpperCase()]: value };
}
