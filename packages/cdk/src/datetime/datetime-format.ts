import { repr, str } from "../json/python-text.ts";
import type { Json } from "../json/value.ts";
import { DateTime, utcZone } from "./datetime.ts";
import {
  fromEpochMicros,
  fromEpochMillis,
  fromEpochSeconds,
  timestamp,
  toEpochMicros,
  toEpochMillis,
  toEpochSeconds,
} from "./epoch.ts";
import { isValueError, valueError, type DateTimeFailure } from "./failure.ts";
import { floatText } from "../json/float-text.ts";
import { isFloat, isInteger, notAFloat, notAnInteger, toFloat, toInteger } from "./numerals.ts";
import { strftimeWriter, type Writer } from "./strftime.ts";
import { strptimeReader, type Mismatch } from "./strptime.ts";

/** Reads a value in one format; a `Mismatch` where the reference raises `ValueError`, and throws on its other errors. */
type ValueReader = (value: Json) => DateTime | Mismatch;

const readers = new Map<string, ValueReader>();
const writers = new Map<string, (moment: DateTime) => string>();
const mostFormats = 500;

/**
 * The moment that a value of a manifest's datetime format means; in UTC unless the text says otherwise. Beside
 * strptime's directives a whole format may be `%s`, `%s_as_float`, `%ms` or `%epoch_microseconds`, and `%_ms` stands
 * for a fraction of a second. Throws a `DateTimeFailure`.
 */
export function parseDatetime(value: Json, format: string): DateTime {
  const moment = cached(readers, format, makeReader)(value);
  if (typeof moment === "function") throw moment();
  return moment;
}

/** Reads a value in the first of these formats that takes it. Make it once, read many values. */
export function datetimeReader(formats: readonly string[]): (value: Json) => DateTime {
  const candidates = formats.map((format) => cached(readers, format, makeReader));
  return (value) => {
    for (const read of candidates) {
      const moment = read(value);
      if (typeof moment !== "function") return moment;
    }
    throw valueError(`No format in ${repr([...formats])} matching ${str(value)}`);
  };
}

/** The text of a moment in a manifest's datetime format; see {@link parseDatetime}. */
export function formatDatetime(moment: DateTime, format: string): string {
  return datetimeWriter(format)(moment);
}

/** Writes moments in this format. */
export function datetimeWriter(format: string): (moment: DateTime) => string {
  return cached(writers, format, makeWriter);
}

function makeReader(format: string): ValueReader {
  if (format === "%s") return epochReader(isInteger, notAnInteger, (value) => fromEpochSeconds(toInteger(value)));
  if (format === "%s_as_float") return epochReader(isFloat, notAFloat, (value) => fromEpochSeconds(toFloat(value)));
  if (format === "%ms") return epochReader(isInteger, notAnInteger, (value) => fromEpochMillis(toInteger(value)));
  if (format === "%epoch_microseconds") {
    return epochReader(isInteger, notAnInteger, (value) => fromEpochMicros(toInteger(value)));
  }
  const read = strptimeReader(format.replaceAll("%_ms", "%f"), utcZone);
  return (value) => read(typeof value === "string" ? value : str(value));
}

function epochReader(
  isNumeral: (text: string) => boolean,
  noNumeral: (text: string) => DateTimeFailure,
  read: (value: Json) => DateTime,
): ValueReader {
  return (value) => {
    if (typeof value === "string" && !isNumeral(value)) return () => noNumeral(value);
    try {
      return read(value);
    } catch (error) {
      if (isValueError(error)) return () => error;
      throw error;
    }
  };
}

function makeWriter(format: string): (moment: DateTime) => string {
  if (format === "%s") return (moment) => String(toEpochSeconds(moment));
  if (format === "%s_as_float") return (moment) => floatText(timestamp(moment));
  if (format === "%epoch_microseconds") return (moment) => String(toEpochMicros(moment));
  if (format === "%ms") return (moment) => String(toEpochMillis(moment));
  if (format.includes("%_ms")) return millisWriter(strftimeWriter(format.replaceAll("%_ms", "%f")));
  return strftimeWriter(format);
}

/** As the reference does: the microseconds' six digits become three wherever they stand, in other fields too. */
function millisWriter(write: Writer): (moment: DateTime) => string {
  return (moment) => {
    const millis = String(((moment.millis % 1000) + 1000) % 1000).padStart(3, "0");
    return write(moment).replaceAll(millis + String(moment.micros).padStart(3, "0"), millis);
  };
}

function cached<Made>(made: Map<string, Made>, format: string, make: (format: string) => Made): Made {
  let found = made.get(format);
  if (found === undefined) {
    if (made.size >= mostFormats) made.clear();
    made.set(format, (found = make(format)));
  }
  return found;
}
