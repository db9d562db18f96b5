import { absolute } from "../../datetime/duration-arithmetic.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { floatText } from "../../json/float-text.ts";
import { float, Float, integer } from "../../json/value.ts";
import { fail, failureType, typeError } from "../failure.ts";
import { binary } from "../operators/operators.ts";
import { divideHalfEven, fixed, scaled } from "../text/digits.ts";
import { parseFloatText, parseInteger, toFloat, truncate } from "../text/numbers.ts";
import { decode } from "../methods/bytes.ts";
import { integerArgument, method } from "../value/call.ts";
import { isFloat, isInteger, isText, typeName } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import { str } from "../value/text.ts";
import { truthy } from "../value/truth.ts";
import { raiseUndefined } from "../value/undefined.ts";
import { Bytes, Undefined, type Value } from "../value/value.ts";
import type { Filters } from "./filters.ts";

export const numberFilters: Filters = {
  abs: method(0, 0, (value) => {
    if (value instanceof Timedelta) return absolute(value);
    const number = numberOf(value);
    if (number === undefined) throw typeError(`bad operand type for abs(): '${typeName(value)}'`);
    if (isFloat(value)) return float(Math.abs(Number(number)));
    return number < 0 ? (typeof number === "bigint" ? -number : -number) : number;
  }),
  int: method(0, 2, toInteger, ["default", "base"]),
  float: method(
    0,
    1,
    (value, fallback = float(0)) => {
      try {
        return floatOf(value);
      } catch (error) {
        return forgiven(error) ? fallback : rethrow(error);
      }
    },
    ["default"],
  ),
  round: method(0, 2, round, ["precision", "method"]),
  filesizeformat: method(0, 1, fileSize, ["binary"]),
};

function toInteger(value: Value, fallback: Value = 0, base: Value = 10): Value {
  try {
    return isText(value) ? parseInteger(str(value), integerArgument(base)) : integerOf(value);
  } catch (error) {
    if (!forgiven(error)) throw error;
  }
  try {
    // So that "42.23" gives 42.
    return truncate(Number(numberOf(floatOf(value))));
  } catch (error) {
    return forgiven(error) || failureType(error) === "OverflowError" ? fallback : rethrow(error);
  }
}

/** Python's `int(value)` of what is no text. */
function integerOf(value: Value): number | bigint {
  if (isFloat(value)) return truncate(Number(numberOf(value)));
  if (isInteger(value)) return numberOf(value)!;
  if (value instanceof Bytes) return parseInteger(decode(value.data, "latin-1"));
  if (value instanceof Undefined) raiseUndefined(value);
  throw typeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
}

/** Python's `float(value)`. */
export function floatOf(value: Value): number | Float {
  if (isText(value)) return parseFloatText(str(value));
  const number = numberOf(value);
  if (number !== undefined) return float(toFloat(number));
  if (value instanceof Bytes) return parseFloatText(decode(value.data, "latin-1"));
  if (value instanceof Undefined) raiseUndefined(value);
  throw typeError(`float() argument must be a string or a real number, not '${typeName(value)}'`);
}

function forgiven(error: unknown): boolean {
  const type = failureType(error);
  return type === "TypeError" || type === "ValueError";
}

function rethrow(error: unknown): never {
  throw error;
}

function round(value: Value, precision: Value = 0, way: Value = "common"): Value {
  if (way !== "common" && way !== "ceil" && way !== "floor") {
    throw fail("FilterArgumentError", "method must be common, ceil or floor");
  }
  if (way === "common") return roundNearest(value, precision);
  const factor = binary["**"](10, precision);
  const shifted = binary["*"](value, factor);
  const number = numberOf(shifted);
  if (number === undefined) throw typeError(`must be real number, not ${typeName(shifted)}`);
  const whole = typeof number === "bigint" ? number : truncate(way === "ceil" ? Math.ceil(number) : Math.floor(number));
  return binary["/"](whole, factor);
}

/** Python's `round(value, precision)`. */
function roundNearest(value: Value, precision: Value): Value {
  const number = numberOf(value);
  if (number === undefined) throw typeError(`type ${typeName(value)} doesn't define __round__ method`);
  if (!isFloat(value)) return precision === null ? number : roundInteger(number, integerArgument(precision));
  const x = Number(number);
  if (precision === null) {
    truncate(x); // fails for what is not finite
    const nearest = scaled(Math.abs(x), 0);
    return integer(x < 0 ? -nearest : nearest);
  }
  return float(roundFloat(x, integerArgument(precision)));
}

function roundFloat(x: number, places: number): number {
  if (!Number.isFinite(x) || places > 330) return x;
  if (places < -330) return x < 0 ? -0 : 0;
  const size = Math.abs(x);
  const rounded = places >= 0 ? Number(fixed(size, places)) : Number(scaled(size, places)) * 10 ** -places;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

function roundInteger(value: number | bigint, places: number): number | bigint {
  if (places >= 0) return value;
  const unit = 10n ** BigInt(-places);
  const size = value < 0 ? -BigInt(value) : BigInt(value);
  const rounded = divideHalfEven(size, unit) * unit;
  return integer(value < 0 ? -rounded : rounded);
}

function fileSize(value: Value, inBinary: Value = false): string {
  const base = truthy(inBinary) ? 1024 : 1000;
  const suffix = truthy(inBinary) ? "iB" : "B";
  const size = Number(numberOf(floatOf(value)));
  if (size === 1) return "1 Byte";
  if (size < base) return `${String(truncate(size))} Bytes`;
  const letters = truthy(inBinary) ? "KMGTPEZY" : "kMGTPEZY";
  let place = 0;
  while (place < letters.length - 1 && !(size < base ** (place + 2))) place++;
  const shown = (base * size) / base ** (place + 2);
  return `${Number.isFinite(shown) ? fixed(shown, 1) : floatText(shown)} ${letters.charAt(place)}${suffix}`;
}
