import { CalendarDuration, type Duration } from "./calendar-duration.ts";
import { DateTimeFailure, overflowError, typeError, valueError } from "./failure.ts";
import { ofMicros, Timedelta, toMicros, zeroTimedelta } from "./timedelta.ts";

/** The sum; a calendar duration when either is one. */
export function addDurations(left: Duration, right: Duration): Duration {
  return combine(left, right, 1);
}

export function subtractDurations(left: Duration, right: Duration): Duration {
  return combine(left, right, -1);
}

export function negate(duration: Duration): Duration {
  return combine(zeroTimedelta, duration, -1);
}

function combine(left: Duration, right: Duration, sign: 1 | -1): Duration {
  const [from, by] = [spanOf(left), spanOf(right)];
  const micros = from.microseconds + sign * by.microseconds;
  const carried = Math.floor(micros / 1e6);
  const span = new Timedelta(from.wholeSeconds + sign * by.wholeSeconds + carried, micros - carried * 1e6);
  if (left instanceof Timedelta && right instanceof Timedelta) return span;
  const years = calendarPart(left, "years") + sign * calendarPart(right, "years");
  const months = calendarPart(left, "months") + sign * calendarPart(right, "months");
  return new CalendarDuration(years, months, span);
}

function spanOf(duration: Duration): Timedelta {
  return duration instanceof Timedelta ? duration : duration.rest;
}

function calendarPart(duration: Duration, part: "years" | "months"): number {
  return duration instanceof Timedelta ? 0 : duration[part];
}

export function absolute(span: Timedelta): Timedelta {
  return span.wholeSeconds < 0 ? ofMicros(-toMicros(span)) : span;
}

/** Whether both are as long; a calendar duration without years and months equals its span. */
export function equalDurations(left: Duration, right: Duration): boolean {
  const months = (duration: Duration): number =>
    calendarPart(duration, "years") * 12 + calendarPart(duration, "months");
  return months(left) === months(right) && compareTimedeltas(spanOf(left), spanOf(right)) === 0;
}

/** Below, at or above zero. A calendar duration has no length of its own, so there is no order among them. */
export function compareDurations(left: Duration, right: Duration): number {
  if (left instanceof Timedelta && right instanceof Timedelta) return compareTimedeltas(left, right);
  const name = (duration: Duration): string => (duration instanceof Timedelta ? "datetime.timedelta" : "Duration");
  throw typeError(`'<' not supported between instances of '${name(left)}' and '${name(right)}'`);
}

function compareTimedeltas(left: Timedelta, right: Timedelta): number {
  return left.wholeSeconds - right.wholeSeconds || left.microseconds - right.microseconds;
}

/** The span so many times, to the nearest microsecond, a half to the even one. */
export function multiply(span: Timedelta, factor: number): Timedelta {
  const [over, under] = ratio(factor);
  return ofMicros(nearest(toMicros(span) * over, under));
}

/** The calendar duration so many whole times. */
export function multiplyCalendar({ years, months, rest }: CalendarDuration, factor: number): CalendarDuration {
  return new CalendarDuration(years * factor, months * factor, multiply(rest, factor));
}

/** The part of the span, to the nearest microsecond, a half to the even one. */
export function divide(span: Timedelta, divisor: number): Timedelta {
  const [over, under] = ratio(divisor);
  if (over === 0n) throw divisionByZero();
  return ofMicros(nearest(toMicros(span) * under, over));
}

/** The whole part of the span, rounded down to the microsecond: `span // n`. */
export function divideDown(span: Timedelta, divisor: number | bigint): Timedelta {
  return ofMicros(floorQuotient(toMicros(span), BigInt(divisor)));
}

/** How often one goes into the other, as the nearest float. */
export function quotient(span: Timedelta, divisor: Timedelta): number {
  const [over, under] = [toMicros(span), toMicros(divisor)];
  if (under === 0n) throw new DateTimeFailure("ZeroDivisionError", "division by zero");
  const [left, right] = [Number(over), Number(under)];
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left / right;
  return nearestFloat(over, under);
}

/** How often one goes wholly into the other: `span // divisor`. */
export function wholeQuotient(span: Timedelta, divisor: Timedelta): bigint {
  return floorQuotient(toMicros(span), toMicros(divisor));
}

/** What the whole quotient leaves: `span % divisor`. */
export function remainder(span: Timedelta, divisor: Timedelta): Timedelta {
  if (toMicros(divisor) === 0n) throw new DateTimeFailure("ZeroDivisionError", "integer modulo by zero");
  return ofMicros(toMicros(span) - wholeQuotient(span, divisor) * toMicros(divisor));
}

function floorQuotient(over: bigint, under: bigint): bigint {
  if (under === 0n) throw divisionByZero();
  const cut = over / under;
  return over % under !== 0n && over < 0n !== under < 0n ? cut - 1n : cut;
}

function nearest(over: bigint, under: bigint): bigint {
  const low = floorQuotient(over, under);
  const twice = (over - low * under) * 2n * (under < 0n ? -1n : 1n);
  const size = under < 0n ? -under : under;
  return twice > size || (twice === size && low % 2n !== 0n) ? low + 1n : low;
}

/** More than enough digits for the decimal to round as the quotient itself does, short of a tie beyond them. */
function nearestFloat(over: bigint, under: bigint): number {
  const digits = 40n;
  return Number(`${(over * 10n ** digits) / under}e-${digits}`);
}

/** A float as the quotient of two integers, exactly. */
function ratio(value: number): [bigint, bigint] {
  if (Number.isNaN(value)) throw valueError("cannot convert NaN to integer ratio");
  if (!Number.isFinite(value)) throw overflowError("cannot convert Infinity to integer ratio");
  let over = value;
  let under = 1n;
  while (!Number.isInteger(over)) {
    over *= 2;
    under *= 2n;
  }
  return [BigInt(over), under];
}

function divisionByZero(): Error {
  return new DateTimeFailure("ZeroDivisionError", "integer division or modulo by zero");
}
