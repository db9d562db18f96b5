import { add, compare } from "../../../datetime/arithmetic.ts";
import { datetimeReader, datetimeWriter } from "../../../datetime/datetime-format.ts";
import type { DateTime } from "../../../datetime/datetime.ts";
import { DateTimeFailure } from "../../../datetime/failure.ts";
import type { Duration } from "../../../datetime/calendar-duration.ts";
import type { Scale } from "./scale.ts";

/**
 * Moments, compared as instants, whatever their offsets. A moment keeps the offset it was read with and is written on
 * that clock, as the reference does.
 * @param inputs formats to read, in order, before the one to write
 */
export function momentScale(inputs: readonly string[], format: string, granularity: Duration): Scale<DateTime> {
  const read = datetimeReader([...inputs, format]);
  return {
    read: (value) => inCalendar(() => read(value)),
    write: datetimeWriter(format),
    compare,
    isSet: () => true,
    next: (moment) => inCalendar(() => add(moment, granularity)),
  };
}

/** What comes of a computation with moments; undefined where it leaves the calendar, or a text is none. */
export function inCalendar<Result>(compute: () => Result): Result | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DateTimeFailure) return undefined;
    throw error;
  }
}
