import { integer } from "../json/value.ts";
import { civil } from "./calendar.ts";
import { DateTime, utcZone } from "./datetime.ts";
import { DateTimeFailure, overflowError, valueError } from "./failure.ts";
import { decimalSeconds, ofMicros } from "./timedelta.ts";

/** The clock, read anew at each call, to the millisecond, in UTC. */
export function now(): DateTime {
  return new DateTime(Date.now(), 0, utcZone);
}

/** Seconds since the epoch as Python's `timestamp()` gives them; a naive moment counts as UTC. */
export function timestamp(moment: DateTime): number {
  const { seconds, micros } = utcSeconds(moment);
  // Python adds floats for a naive moment, and divides exactly for an aware one.
  return moment.offset === undefined ? seconds + micros / 1e6 : decimalSeconds(seconds, micros);
}

/** Whole seconds since the epoch, rounded down, and the microseconds beside them. */
function utcSeconds(moment: DateTime): { readonly seconds: number; readonly micros: number } {
  const { offset = 0 } = moment;
  if (!Number.isInteger(offset)) return brokenOffset(moment, offset);
  const seconds = Math.floor(moment.millis / 1000);
  return { seconds: seconds - offset, micros: (moment.millis - seconds * 1000) * 1000 + moment.micros };
}

function brokenOffset(moment: DateTime, offset: number): { readonly seconds: number; readonly micros: number } {
  const whole = Math.floor(offset);
  const wall = Math.floor(moment.millis / 1000);
  const micros = (moment.millis - wall * 1000) * 1000 + moment.micros - Math.round((offset - whole) * 1e6);
  return micros < 0 ? { seconds: wall - whole - 1, micros: micros + 1e6 } : { seconds: wall - whole, micros };
}

/** Seconds since the epoch, cut towards zero. */
export function toEpochSeconds(moment: DateTime): number {
  return Math.trunc(timestamp(moment)) + 0;
}

/** Milliseconds since the epoch, cut towards zero after the reference's float product. */
export function toEpochMillis(moment: DateTime): number {
  return Math.trunc(timestamp(moment) * 1000) + 0;
}

/** Microseconds since the epoch, cut towards zero; rounded as the reference's float product rounds. */
export function toEpochMicros(moment: DateTime): number | bigint {
  return integer(BigInt(Math.trunc(timestamp(moment) * 1e6)));
}

const lastSecond = 253_402_300_799;
const firstSecond = -62_135_596_800;

/** The moment, in UTC, so many seconds after the epoch. A broken number is rounded to the microsecond. */
export function fromEpochSeconds(seconds: number | bigint): DateTime {
  if (typeof seconds === "bigint" || !(seconds >= firstSecond && seconds <= lastSecond)) throw beyond(seconds);
  if (Number.isInteger(seconds)) return new DateTime(seconds * 1000, 0, utcZone);
  const whole = Math.trunc(seconds);
  const micros = roundHalfEven((seconds - whole) * 1e6);
  const carried = whole + Math.floor(micros / 1e6);
  if (carried > lastSecond) throw beyond(carried);
  const rest = micros - Math.floor(micros / 1e6) * 1e6;
  return new DateTime(carried * 1000 + Math.floor(rest / 1000), rest % 1000, utcZone);
}

/** The moment, in UTC, so many milliseconds after the epoch. */
export function fromEpochMillis(millis: number | bigint): DateTime {
  if (Number.isSafeInteger(millis)) checkDays(Number(millis) / 86_400_000);
  else return fromEpochMicros(BigInt(millis) * 1000n);
  return new DateTime(Number(millis), 0, utcZone);
}

/** The moment, in UTC, so many microseconds after the epoch. */
export function fromEpochMicros(micros: number | bigint): DateTime {
  if (typeof micros === "number" && Number.isSafeInteger(micros)) {
    const millis = Math.floor(micros / 1000);
    return new DateTime(millis, micros - millis * 1000, utcZone);
  }
  const span = ofMicros(BigInt(micros));
  const millis = Math.floor(span.microseconds / 1000);
  return new DateTime(span.wholeSeconds * 1000 + millis, span.microseconds - millis * 1000, utcZone);
}

/** The span itself fails before the date does, and with another message. */
function checkDays(days: number): void {
  if (Math.abs(days) > 999_999_999) ofMicros(BigInt(Math.floor(days)) * 86_400_000_000n);
}

function roundHalfEven(value: number): number {
  const low = Math.floor(value);
  const over = value - low;
  return over > 0.5 || (over === 0.5 && low % 2 !== 0) ? low + 1 : low;
}

/** glibc fills in years to the ends of a 32-bit count, Python refuses them, and time_t ends at 64 bits. */
function beyond(seconds: number | bigint): Error {
  if (typeof seconds === "number" && Number.isNaN(seconds)) return valueError("Invalid value NaN (not a number)");
  if (seconds >= 2 ** 63 || seconds < -(2 ** 63)) return overflowError("timestamp out of range for platform time_t");
  if (seconds >= 67_768_036_191_676_800n || seconds < -67_768_040_609_740_800n) {
    return new DateTimeFailure("OSError", "[Errno 75] Value too large for defined data type");
  }
  return valueError(`year ${civil(Math.floor(Number(seconds) / 86_400)).year} is out of range`);
}
