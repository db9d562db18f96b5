import { civil, dayNumber, daysInMonth, firstDay, lastDay } from "./calendar.ts";
import { overflowError, valueError } from "./failure.ts";

const dayMillis = 86_400_000;

/** A moment as a wall clock shows it, to the microsecond; with an offset from UTC, or naive. Years 1 to 9999. */
export class DateTime {
  /** Milliseconds since 1970-01-01T00:00 on the wall clock, that is, in its own offset. */
  readonly millis: number;
  /** 0 to 999. */
  readonly micros: number;
  /** Seconds east of UTC; undefined when naive. */
  readonly offset: number | undefined;
  readonly tz: TimeZone | undefined;

  /** Throws when outside the years 1 to 9999. */
  constructor(millis: number, micros: number, tz: TimeZone | undefined) {
    if (!(millis >= firstDay * dayMillis && millis < (lastDay + 1) * dayMillis)) {
      throw overflowError("date value out of range");
    }
    this.millis = millis;
    this.micros = micros;
    this.offset = tz?.offset;
    this.tz = tz;
  }

  /** The zone's name where one is known: "UTC", "UTC+04:00", "EST". */
  get zone(): string | undefined {
    return this.tz?.name;
  }
}

/** A day without a time. */
export class PlainDate {
  /** Days since 1970-01-01. */
  readonly days: number;

  constructor(days: number) {
    if (!(days >= firstDay && days <= lastDay)) throw overflowError("date value out of range");
    this.days = days;
  }
}

/** An offset from UTC with the name, and the Python spelling, that `%Z` and `repr` show. */
export class TimeZone {
  /** Seconds east of UTC, exact to the microsecond. */
  readonly offset: number;
  readonly name: string | undefined;
  /** What Python's repr shows. */
  readonly repr: string;

  constructor(offset: number, name: string | undefined, repr: string) {
    this.offset = offset;
    this.name = name;
    this.repr = repr;
  }
}

export const utcZone: TimeZone = new TimeZone(0, "UTC", "datetime.timezone.utc");

export interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

export function dayOf(moment: DateTime): number {
  return Math.floor(moment.millis / dayMillis);
}

export function fields(moment: DateTime): Fields {
  const days = dayOf(moment);
  const rest = moment.millis - days * dayMillis;
  const clock = Math.floor(rest / 1000);
  const { year, month, day } = civil(days);
  const hour = Math.floor(clock / 3600);
  const minute = Math.floor(clock / 60) % 60;
  const microsecond = (rest - clock * 1000) * 1000 + moment.micros;
  // Spelt out: an object spread costs microseconds, and this runs for each record.
  return { year, month, day, hour, minute, second: clock % 60, microsecond };
}

/** The moment of these fields; throws, in Python's words, when one is out of its range. */
export function dateTime(parts: Partial<Fields> & Pick<Fields, "year" | "month" | "day">, tz?: TimeZone): DateTime {
  const { year, month, day, hour = 0, minute = 0, second = 0, microsecond = 0 } = parts;
  checkDate(year, month, day);
  if (!within(hour, 0, 23)) throw valueError("hour must be in 0..23");
  if (!within(minute, 0, 59)) throw valueError("minute must be in 0..59");
  if (!within(second, 0, 59)) throw valueError("second must be in 0..59");
  if (!within(microsecond, 0, 999_999)) throw valueError("microsecond must be in 0..999999");
  const seconds = dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
  return new DateTime(seconds * 1000 + Math.floor(microsecond / 1000), microsecond % 1000, tz);
}

export function plainDate(year: number, month: number, day: number): PlainDate {
  checkDate(year, month, day);
  return new PlainDate(dayNumber(year, month, day));
}

function checkDate(year: number, month: number, day: number): void {
  if (!within(year, 1, 9999)) throw valueError(`year ${year} is out of range`);
  if (!within(month, 1, 12)) throw valueError("month must be in 1..12");
  if (!within(day, 1, daysInMonth(year, month))) throw valueError("day is out of range for month");
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}
