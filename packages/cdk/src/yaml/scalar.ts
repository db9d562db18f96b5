import { float, integer, type Json } from "../json/value.ts";

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
const INTEGER =
  /^[-+]?(?:0b[01_]*[01][01_]*|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const SHORT_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;

/**
 * What YAML 1.1 makes of an unquoted scalar, as PyYAML reads it: `yes` and `off` are booleans, `0x1F`, `017` and `1:30`
 * integers, `1.5e+3` a float but `1e5` a text. A date stays a text, in the form that the reference prints it in.
 */
export function plainScalar(text: string): Json {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return SHORT_INTEGER.test(text) ? Number(text) : numberOrText(text);
  switch (first) {
    case 43: // + - .
    case 45:
    case 46:
      return numberOrText(text);
    default:
      return text.length <= 5 && Object.hasOwn(WORDS, text) ? WORDS[text]! : text;
  }
}

/** The value of a scalar that states its type by a tag (`!!int "3"`), or undefined where it is none of that type. */
export function taggedScalar(tag: string, text: string): Json | undefined {
  const value = plainScalar(text);
  switch (tag) {
    case "str":
      return text;
    case "null":
      return null;
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "int":
      return INTEGER.test(text) ? readInteger(text) : undefined;
    case "float":
      return FLOAT.test(text) || INTEGER.test(text) ? readFloat(text) : undefined;
    case "timestamp":
      return readTimestamp(text);
    default:
      return undefined;
  }
}

function numberOrText(text: string): Json {
  if (FLOAT.test(text)) return readFloat(text);
  if (INTEGER.test(text)) return readInteger(text);
  return readTimestamp(text) ?? text;
}

function readInteger(text: string): number | bigint {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "");
  const size = digits.includes(":")
    ? digits.split(":").reduce((total, part) => total * 60n + BigInt(part), 0n)
    : BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return integer(text.startsWith("-") ? -size : size);
}

function readFloat(text: string): Json {
  const digits = text.replaceAll("_", "").replace(/^[-+]/, "").toLowerCase();
  const sign = text.startsWith("-") ? -1 : 1;
  if (digits === ".inf") return float(sign * Infinity);
  if (digits === ".nan") return float(NaN);
  // From the smallest place up, as PyYAML does: the last bit of the sum depends on it.
  let base = sign;
  let total = 0;
  for (const part of digits.split(":").reverse()) {
    total += Number(part) * base;
    base *= 60;
  }
  return float(total);
}

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** A timestamp in ISO 8601, undefined where it is none (`2021-02-30`). */
function readTimestamp(text: string): string | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, utc, sign, zoneHour, zoneMinute = "00"] = match;
  if (hour === undefined && text.length !== 10) return undefined;
  const date = `${year!}-${pad(month!)}-${pad(day!)}`;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (year === "0000" || Number(month) > 12 || Number(day) > lastDay || date.includes("-00")) return undefined;
  if (hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micros = (fraction ?? "").slice(0, 6).padEnd(6, "0");
  const zone = utc === "Z" ? "+00:00" : sign === undefined ? "" : `${sign}${pad(zoneHour!)}:${zoneMinute}`;
  return `${date}T${pad(hour)}:${minute!}:${second!}${micros === "000000" ? "" : `.${micros}`}${zone}`;
}

const pad = (digits: string): string => digits.padStart(2, "0");

function spellings(word: string, value: boolean | null): Record<string, boolean | null> {
  return { [word]: value, [word[0]!.toUpperCase() + word.slice(1)]: value, [word.toUpperCase()]: value };
}
