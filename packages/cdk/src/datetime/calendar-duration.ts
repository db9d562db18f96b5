import { Timedelta, timedeltaText } from "./timedelta.ts";

/** A duration with years and months, whose length depends on where it starts; isodate's `Duration`. */
export class CalendarDuration {
  /** May be negative or broken. */
  readonly years: number;
  readonly months: number;
  /** The weeks, days and smaller parts. */
  readonly rest: Timedelta;

  constructor(years: number, months: number, rest: Timedelta) {
    // No negative zero, which would print as "-0".
    this.years = years + 0;
    this.months = months + 0;
    this.rest = rest;
  }
}

export type Duration = Timedelta | CalendarDuration;

/** As Python's `str`: `1 years, 2 months, 3 days, 0:00:00`. */
export function calendarDurationText({ years, months, rest }: CalendarDuration): string {
  const parts = [timedeltaText(rest)];
  if (months !== 0) parts.unshift(`${whole(months)} month${months <= 1 ? "" : "s"}`);
  if (years !== 0) parts.unshift(`${whole(years)} years`);
  return parts.join(", ");
}

export function calendarDurationRepr({ years, months, rest }: CalendarDuration): string {
  const span = `${rest.days}, ${rest.seconds}, ${rest.microseconds}`;
  return `isodate.duration.Duration(${span}, years=${whole(years)}, months=${whole(months)})`;
}

function whole(value: number): number {
  return Math.trunc(value) + 0;
}
