import { str } from "../json/python-text.ts";
import type { Json } from "../json/value.ts";
import { DateTime, dateTime, utcZone } from "./datetime.ts";
import { fromEpochSeconds } from "./epoch.ts";
import { isValueError, valueError } from "./failure.ts";
import { isoformat } from "./isoformat.ts";
import { parseLenientDatetime } from "./lenient-datetime.ts";
import { readInteger } from "./numerals.ts";
import { strftime } from "./strftime.ts";
import { replace } from "./arithmetic.ts";

/**
 * A moment in whatever form: whole seconds since the epoch (up to ten digits, as a number or as text), a date, or
 * nearly any date and time; in UTC where it names no offset. What `ab_datetime_parse` takes, and a `ValueError` else.
 */
export function parseAnyDatetime(value: Json): DateTime {
  try {
    return readAny(value);
  } catch (error) {
    if (!isValueError(error) || final.test(error.message)) throw error;
    throw valueError(`Could not parse datetime string: ${str(value)}`);
  }
}

/**
 * {@link parseAnyDatetime}, or undefined when the value is no moment.
 * @experimental
 */
export function tryParseAnyDatetime(value: Json): DateTime | undefined {
  try {
    return parseAnyDatetime(value);
  } catch (error) {
    // An overflow is no ValueError, but the caller asked whether this is a date, and it is none.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The text of a moment: ISO 8601 with `T` and an offset, UTC where it has none; or in a format of strftime. */
export function formatAnyDatetime(moment: DateTime, format?: string): string {
  const aware = moment.tz === undefined ? replace(moment, { tz: utcZone }) : moment;
  return format === undefined || format === "" ? isoformat(aware) : strftime(aware, format);
}

/** Messages that say more than that the text cannot be parsed. */
const final = /Invalid date format:|Timestamp cannot be negative|Timestamp value too large/;

function readAny(value: Json): DateTime {
  if (typeof value === "boolean") return fromEpochSeconds(value ? 1 : 0);
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value))) return fromTimestamp(value);
  if (typeof value !== "string") throw valueError("expected string or integer");
  if (/^-?\d+$/.test(value)) return fromTimestamp(readInteger(value));
  const [colon, dashes, slashes] = [value.includes(":"), count(value, "-"), count(value, "/")];
  if (!colon && dashes === 2 && slashes === 0) return readPlainDate(value);
  if (colon && dashes < 2 && slashes < 2) throw valueError(`Missing date part in datetime string: ${value}`);
  const moment = parseLenientDatetime(value);
  return moment.tz === undefined ? new DateTime(moment.millis, moment.micros, utcZone) : moment;
}

function fromTimestamp(seconds: number | bigint): DateTime {
  if (seconds < 0) throw valueError("Timestamp cannot be negative");
  if (seconds > 9_999_999_999) throw valueError("Timestamp value too large");
  return fromEpochSeconds(Number(seconds));
}

function readPlainDate(text: string): DateTime {
  try {
    const [year, month, day] = text.split("-").map((part) => Number(readInteger(part)));
    return dateTime({ year: year!, month: month!, day: day! }, utcZone);
  } catch (error) {
    if (isValueError(error)) throw valueError(`Invalid date format: ${text}`);
    throw error;
  }
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
