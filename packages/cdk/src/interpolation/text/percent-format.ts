import { typeError, valueError } from "../failure.ts";
import { codePointCount } from "../value/iterate.ts";
import { isFloat, isInteger, isList, isMapping, isText, typeName } from "../value/kind.ts";
import { item } from "../value/item.ts";
import { numberOf } from "../value/number.ts";
import { fail } from "../failure.ts";
import { repr, str } from "../value/text.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Bytes, Tuple, Undefined, type Value } from "../value/value.ts";
import type { Spec } from "./format-spec.ts";
import { formatFloat, formatInteger } from "./number-format.ts";

const FIELD = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?[hlL]?(.)?/gsu;

/** Python's `text % values`. */
export function percentFormat(text: string, values: Value): string {
  const listed: readonly Value[] = values instanceof Tuple ? values : [values];
  let used = 0;
  let named = 0;
  const next = (): Value => {
    const value = listed[used++];
    if (value === undefined) throw typeError("not enough arguments for format string");
    return value;
  };
  const starred = (given: string | undefined): number | undefined => {
    if (given !== "*") return given === undefined ? undefined : Number(given);
    const value = next();
    if (!isInteger(value)) throw typeError("* wants int");
    return Number(value);
  };
  const result = text.replace(
    FIELD,
    (whole, name: string | undefined, flags: string, width?: string, precision?: string, type?: string) => {
      if (type === "%" && whole === "%%") return "%";
      if (type === undefined) throw valueError("incomplete format");
      const field = {
        flags,
        width: starred(width) ?? 0,
        precision:
          starred(precision) ??
          (/\.[hlL]?.?$/su.test(whole) && precision === undefined && whole.includes(".") ? 0 : undefined),
        type,
      };
      if (name === undefined) {
        if (named > 0) throw typeError("not enough arguments for format string");
        return show(field, next());
      }
      named++;
      return show(field, memberOf(values, name));
    },
  );
  const leftOver = named === 0 && used < listed.length && !actsAsMapping(values);
  if (leftOver) throw typeError("not all arguments converted during string formatting");
  return result;
}

function memberOf(values: Value, name: string): Value {
  if (!actsAsMapping(values)) throw typeError("format requires a mapping");
  const found = item(values, name);
  if (found === undefined)
    throw isMapping(values) ? fail("KeyError", repr(name)) : typeError("list indices must be integers");
  return found;
}

/** Anything with items counts, but a tuple and text. */
function actsAsMapping(values: Value): boolean {
  return (
    !(values instanceof Tuple) &&
    !isText(values) &&
    (isMapping(values) || isList(values) || values instanceof Bytes || values instanceof Undefined)
  );
}

interface Field {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
}

function show(field: Field, value: Value): string {
  const { flags, precision, type } = field;
  switch (type) {
    case "s":
    case "r":
    case "a": {
      const text = type === "s" ? str(value) : type === "r" ? repr(value) : ascii(repr(value));
      return fill(precision === undefined ? text : Array.from(text).slice(0, precision).join(""), field, false);
    }
    case "c":
      return fill(character(value), field, false);
    case "d":
    case "i":
    case "u":
    case "o":
    case "x":
    case "X":
      return fill(integer(field, value), field, true);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G": {
      const text = formatFloat(float(value), spec(flags, type, precision ?? 6));
      return fill(text, field, !/[a-z]{3}/i.test(text));
    }
    default:
      throw valueError(`unsupported format character '${type}' (0x${type.codePointAt(0)!.toString(16)})`);
  }
}

function spec(flags: string, type: string, precision: number | undefined): Spec {
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  return {
    fill: " ",
    align: undefined,
    aligned: false,
    sign,
    alternate: flags.includes("#"),
    width: 0,
    grouping: "",
    precision,
    type,
  };
}

function integer({ flags, precision = 0, type }: Field, value: Value): string {
  const decimal = type === "d" || type === "i" || type === "u";
  if (value instanceof Undefined && decimal) raiseUndefined(value);
  const number =
    isFloat(value) && decimal ? whole(Number(numberOf(value))) : isInteger(value) ? numberOf(value) : undefined;
  if (number === undefined) {
    const wanted = decimal ? "a real number" : "an integer";
    throw typeError(`%${type} format: ${wanted} is required, not ${typeName(value)}`);
  }
  const text = formatInteger(number, spec(flags, decimal ? "d" : type, undefined));
  const [start = "", digits = ""] = /^([-+ ]?(?:0[oxX])?)(.*)$/.exec(text)?.slice(1) ?? [];
  return start + digits.padStart(precision, "0");
}

function whole(value: number): bigint {
  if (Number.isNaN(value)) throw valueError("cannot convert float NaN to integer");
  if (!Number.isFinite(value)) throw fail("OverflowError", "cannot convert float infinity to integer");
  return BigInt(Math.trunc(value));
}

function float(value: Value): number {
  if (value instanceof Undefined) raiseUndefined(value);
  const number = numberOf(value);
  if (number === undefined) throw typeError(`must be real number, not ${typeName(value)}`);
  return Number(number);
}

function character(value: Value): string {
  if (isInteger(value)) {
    const code = Number(value);
    if (code < 0 || code > 0x10ffff) throw fail("OverflowError", "%c arg not in range(0x110000)");
    return String.fromCodePoint(code);
  }
  if (isText(value) && codePointCount(str(value)) === 1) return str(value);
  throw typeError("%c requires int or char");
}

function fill(text: string, { flags, width }: Field, numeric: boolean): string {
  const missing = width - codePointCount(text);
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (!numeric || !flags.includes("0")) return " ".repeat(missing) + text;
  const start = /^[-+ ]?(?:0[oxX])?/.exec(text)?.[0] ?? "";
  return start + "0".repeat(missing) + text.slice(start.length);
}

function ascii(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, (character) => {
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    if (code < 0x100) return `\\x${hex}`;
    return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
  });
}
