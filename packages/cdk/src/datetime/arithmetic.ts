import { civil, dayNumber, daysInMonth } from "./calendar.ts";
import { CalendarDuration, type Duration } from "./calendar-duration.ts";
import { DateTime, dateTime, dayOf, fields, PlainDate, plainDate, type Fields, type TimeZone } from "./datetime.ts";
import { typeError, valueError } from "./failure.ts";
import { Timedelta } from "./timedelta.ts";

/** The moment or day that much later, on its own clock; a day leaves out what is less than a day. */
export function add<When extends DateTime | PlainDate>(when: When, duration: Duration): When {
  return shift(when, duration, 1);
}

/** The moment or day that much earlier. */
export function subtract<When extends DateTime | PlainDate>(when: When, duration: Duration): When {
  return shift(when, duration, -1);
}

function shift<When extends DateTime | PlainDate>(when: When, duration: Duration, sign: 1 | -1): When {
  const span = duration instanceof Timedelta ? duration : duration.rest;
  const start = duration instanceof CalendarDuration ? shiftMonths(when, duration, sign) : when;
  // TypeScript does not follow that a shifted DateTime is a DateTime, and a day a day.
  return (start instanceof DateTime ? shiftMoment(start, span, sign) : shiftDay(start, span, sign)) as When;
}

function shiftMoment(moment: DateTime, span: Timedelta, sign: 1 | -1): DateTime {
  const millis = moment.millis + sign * span.wholeSeconds * 1000;
  if (span.microseconds === 0) return new DateTime(millis, moment.micros, moment.tz);
  const micros = moment.micros + sign * span.microseconds;
  const carried = Math.floor(micros / 1000);
  return new DateTime(millis + carried, micros - carried * 1000, moment.tz);
}

/** Python's `date - timedelta` negates the whole days only, so seconds never move a day. */
function shiftDay(date: PlainDate, span: Timedelta, sign: 1 | -1): PlainDate {
  return new PlainDate(date.days + sign * span.days);
}

/** Years and months first; a day past the month's end becomes its last. */
function shiftMonths(when: DateTime | PlainDate, duration: CalendarDuration, sign: 1 | -1): DateTime | PlainDate {
  if (!Number.isInteger(duration.years) || !Number.isInteger(duration.months)) {
    throw valueError("fractional years or months not supported for date calculations");
  }
  const from = civil(when instanceof DateTime ? dayOf(when) : when.days);
  const months = from.month - 1 + sign * duration.months;
  const carried = Math.floor(months / 12);
  const year = from.year + sign * duration.years + carried;
  const month = months - carried * 12 + 1;
  const date = { year, month, day: Math.min(from.day, daysInMonth(year, month)) };
  return when instanceof DateTime ? replace(when, date) : plainDate(date.year, date.month, date.day);
}

/** `later - earlier`; both aware, both naive, or both days. */
export function difference(later: DateTime, earlier: DateTime): Timedelta;
export function difference(later: PlainDate, earlier: PlainDate): Timedelta;
export function difference(later: DateTime | PlainDate, earlier: DateTime | PlainDate): Timedelta {
  if (later instanceof PlainDate && earlier instanceof PlainDate) {
    return new Timedelta((later.days - earlier.days) * 86_400, 0);
  }
  if (!(later instanceof DateTime && earlier instanceof DateTime)) {
    throw typeError(`unsupported operand type(s) for -: '${typeName(later)}' and '${typeName(earlier)}'`);
  }
  if ((later.offset === undefined) !== (earlier.offset === undefined)) {
    throw typeError("can't subtract offset-naive and offset-aware datetimes");
  }
  const offsets = Math.round(((later.offset ?? 0) - (earlier.offset ?? 0)) * 1e6);
  const millis = later.millis - earlier.millis;
  const seconds = Math.floor(millis / 1000);
  const micros = (millis - seconds * 1000) * 1000 + later.micros - earlier.micros - offsets;
  const carried = Math.floor(micros / 1e6);
  return new Timedelta(seconds + carried, micros - carried * 1e6);
}

/** Below, at or above zero as `left` is before, at or after `right`; naive and aware do not compare. */
export function compare(left: DateTime, right: DateTime): number;
export function compare(left: PlainDate, right: PlainDate): number;
export function compare(left: DateTime | PlainDate, right: DateTime | PlainDate): number;
export function compare(left: DateTime | PlainDate, right: DateTime | PlainDate): number {
  if (left instanceof PlainDate && right instanceof PlainDate) return left.days - right.days;
  if (!(left instanceof DateTime && right instanceof DateTime)) {
    throw typeError("can't compare datetime.datetime to datetime.date");
  }
  if ((left.offset === undefined) !== (right.offset === undefined)) {
    throw typeError("can't compare offset-naive and offset-aware datetimes");
  }
  return order(left, right);
}

/** Whether both are the same instant, or the same day; naive and aware never are. */
export function equal(left: DateTime | PlainDate, right: DateTime | PlainDate): boolean {
  if (left instanceof PlainDate || right instanceof PlainDate) {
    return left instanceof PlainDate && right instanceof PlainDate && left.days === right.days;
  }
  return (left.offset === undefined) === (right.offset === undefined) && order(left, right) === 0;
}

function order(left: DateTime, right: DateTime): number {
  const millis = left.millis - right.millis;
  if (left.offset === right.offset) return millis === 0 ? left.micros - right.micros : millis;
  // Exact: both sides are below 2^38 seconds, and offsets have at most six digits after the point.
  const micros = Math.round(((left.offset ?? 0) - (right.offset ?? 0)) * 1e6) - left.micros + right.micros;
  const carried = Math.floor(micros / 1000);
  return millis === carried ? carried * 1000 - micros : millis - carried;
}

/** The moment with some fields, or the zone, changed; `tz: undefined` makes it naive. */
export function replace(moment: DateTime, changes: Partial<Fields> & { readonly tz?: TimeZone | undefined }): DateTime {
  return dateTime({ ...fields(moment), ...changes }, "tz" in changes ? changes.tz : moment.tz);
}

export function replaceDate(date: PlainDate, changes: Partial<Pick<Fields, "year" | "month" | "day">>): PlainDate {
  const { year, month, day } = { ...civil(date.days), ...changes };
  return plainDate(year, month, day);
}

/** The day of a moment on its own clock. */
export function dateOf(moment: DateTime): PlainDate {
  return new PlainDate(dayOf(moment));
}

/** Days since 0001-01-01, which is 1; Python's `toordinal`. */
export function ordinal(date: PlainDate): number {
  return date.days - dayNumber(1, 1, 1) + 1;
}

function typeName(when: DateTime | PlainDate): string {
  return when instanceof DateTime ? "datetime.datetime" : "datetime.date";
}
