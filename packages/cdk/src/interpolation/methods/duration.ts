import { add, difference, subtract } from "../../datetime/arithmetic.ts";
import { CalendarDuration, type Duration } from "../../datetime/calendar-duration.ts";
import { DateTime } from "../../datetime/datetime.ts";
import { Timedelta, totalSeconds } from "../../datetime/timedelta.ts";
import { float } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { method, type Method } from "../value/call.ts";
import type { Value } from "../value/value.ts";

/** The part that has a fixed length. */
const span = (duration: Duration): Timedelta => (duration instanceof CalendarDuration ? duration.rest : duration);

export const durationProperties: Readonly<Record<string, ((duration: Duration) => Value | undefined) | undefined>> = {
  days: (duration) => span(duration).days,
  seconds: (duration) => span(duration).seconds,
  microseconds: (duration) => span(duration).microseconds,
  years: (duration) => (duration instanceof CalendarDuration ? duration.years : undefined),
  months: (duration) => (duration instanceof CalendarDuration ? duration.months : undefined),
  tdelta: (duration) => (duration instanceof CalendarDuration ? duration.rest : undefined),
};

/** The methods of Python's `timedelta` and isodate's `Duration`. */
export const durationMethods: Readonly<Record<string, Method<Duration> | undefined>> = {
  total_seconds: method(0, 0, (duration) => float(totalSeconds(span(duration)))),
  totimedelta: method(0, 2, (duration, start, end) => fixedLength(duration, start, end), ["start", "end"]),
};

function fixedLength(duration: Duration, start: Value | undefined, end: Value | undefined): Timedelta {
  if (start instanceof DateTime) return difference(add(start, duration), start);
  if (end instanceof DateTime) return difference(end, subtract(end, duration));
  throw typeError("start or end required");
}
