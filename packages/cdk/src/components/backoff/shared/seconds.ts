import { systemError } from "../../../errors.ts";
import { parseFloatText } from "../../../interpolation/text/numbers.ts";
import { numeric } from "../../../json/equal.ts";
import { repr } from "../../../json/python-text.ts";
import type { Json } from "../../../json/value.ts";

/** Python's `float(value)`, undefined for what is no number. */
export function floatOf(value: Json | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    const number = numeric(value);
    return number === undefined ? undefined : Number(number);
  }
  try {
    return Number(numeric(parseFloatText(value)));
  } catch {
    return undefined;
  }
}

/** @throws a system error, as the reference does, that names the field */
export function secondsOf(value: Json | undefined, field: string): number {
  const seconds = floatOf(value);
  if (seconds !== undefined) return seconds;
  throw systemError(`${field} must come to a number of seconds, but is ${repr(value ?? null)}.`);
}
