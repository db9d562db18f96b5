import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { floatText } from "../json/float-text.ts";
import { parseJson } from "../json/parse.ts";
import { repr } from "../json/python-text.ts";
import { float, type Json } from "../json/value.ts";
import { formatAnyDatetime, parseAnyDatetime } from "./airbyte-datetime.ts";
import { add, compare, dateOf, difference, equal, ordinal, replace, subtract } from "./arithmetic.ts";
import { CalendarDuration, calendarDurationRepr, calendarDurationText, type Duration } from "./calendar-duration.ts";
import { isoWeek, weekdayOf } from "./calendar.ts";
import { formatDatetime, parseDatetime } from "./datetime-format.ts";
import { DateTime, dateTime, dayOf, PlainDate, plainDate, type Fields } from "./datetime.ts";
import {
  addDurations,
  divide,
  divideDown,
  equalDurations,
  multiply,
  multiplyCalendar,
  negate,
  quotient,
  remainder,
  subtractDurations,
  wholeQuotient,
} from "./duration-arithmetic.ts";
import { timestamp } from "./epoch.ts";
import { DateTimeFailure } from "./failure.ts";
import { isoDatetimeInUtc, parseIsoDatetime } from "./iso-datetime.ts";
import { formatDuration, parseDuration } from "./iso-duration.ts";
import { dateTimeRepr, dateTimeText, isoformat, plainDateRepr } from "./isoformat.ts";
import { minMaxDatetime } from "./min-max-datetime.ts";
import { strftime } from "./strftime.ts";
import { strptime } from "./strptime.ts";
import { Timedelta, timedelta, timedeltaRepr, timedeltaText, totalSeconds } from "./timedelta.ts";
import { fixedZone, utc } from "./zone.ts";

type Parts = readonly [number, number, number, number, number, number, number, number | null, string?];
type Result = string | { readonly $raises: string; readonly message: string };
// The types are those of make-datetime.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../test/tables/datetime.json", import.meta.url), "utf8"),
) as unknown as { readonly now: string; readonly rows: readonly [string, readonly never[], Result][] };

function moment([year, month, day, hour, minute, second, microsecond, offset, name]: Parts): DateTime {
  const zone = offset === null ? undefined : fixedZone(Number(number(offset)), name);
  return dateTime({ year, month, day, hour, minute, second, microsecond }, zone);
}

type Tagged = Json | { readonly $float: string };
const specials: Readonly<Record<string, number>> = { inf: Infinity, "-inf": -Infinity, nan: NaN };

/** A float is tagged, since the table's JSON has no infinity. */
function number(value: Tagged): Json {
  if (typeof value !== "object" || value === null || !("$float" in value)) return value;
  return float(specials[value.$float as string] ?? Number(value.$float));
}

function plain(value: Tagged): number {
  const found = number(value);
  return typeof found === "number" ? found : (found as { value: number }).value;
}

function span(parts: Readonly<Record<string, Tagged>>): Timedelta {
  return timedelta(Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, plain(value)])));
}

const day = (parts: readonly [number, number, number]): PlainDate => plainDate(...parts);

const functions: Record<string, (...parameters: never[]) => unknown> = {
  parse: (value: Tagged, format: string) => parseDatetime(number(value), format),
  format: (when: Parts, format: string) => formatDatetime(moment(when), format),
  strptime: (text: string, format: string) => strptime(text, format),
  strftime: (when: Parts, format: string) => strftime(moment(when), format),
  "strftime date": (when: [number, number, number], format: string) => strftime(day(when), format),
  iso: (text: string) => parseIsoDatetime(text),
  "iso in utc": (text: string) => isoDatetimeInUtc(text),
  any: (value: Tagged) => ({ shown: isoformat(parseAnyDatetime(number(value))) }),
  "format any": (when: Parts, format: string | null) => formatAnyDatetime(moment(when), format ?? undefined),
  "min max": (value: string, format: string, minimum: string, maximum: string) =>
    minMaxDatetime(value, { format, minimum, maximum }),
  duration: (text: Json) => parseDuration(text),
  "duration str": (text: Json) => {
    const duration = parseDuration(text);
    return duration instanceof Timedelta ? timedeltaText(duration) : calendarDurationText(duration);
  },
  "format duration": (text: string) => formatDuration(parseDuration(text)),
  add: (when: Parts, text: string) => add(moment(when), parseDuration(text)),
  subtract: (when: Parts, text: string) => subtract(moment(when), parseDuration(text)),
  "add date": (when: [number, number, number], text: string) => add(day(when), parseDuration(text)),
  "subtract date": (when: [number, number, number], text: string) => subtract(day(when), parseDuration(text)),
  difference: (left: Parts, right: Parts) => difference(moment(left), moment(right)),
  compare: (left: Parts, right: Parts) => Math.sign(compare(moment(left), moment(right))),
  equal: (left: Parts, right: Parts) => equal(moment(left), moment(right)),
  isoformat: (when: Parts, separator: string, timespec: string) => isoformat(moment(when), separator, timespec),
  str: (when: Parts) => dateTimeText(moment(when)),
  repr: (when: Parts) => moment(when),
  utc: (when: Parts) => utc(moment(when)),
  timestamp: (when: Parts) => ({ shown: floatText(timestamp(moment(when))) }),
  replace: (when: Parts, changes: Partial<Fields>) => replace(moment(when), changes),
  weekday: (when: Parts) => {
    const date = dateOf(moment(when));
    const { year, week, weekday } = isoWeek(dayOf(moment(when)));
    return { shown: `(${[weekdayOf(date.days), year, week, weekday, ordinal(date)].join(", ")})` };
  },
  timedelta: span,
  "timedelta str": (parts: Record<string, Tagged>) => timedeltaText(span(parts)),
  "total seconds": (parts: Record<string, Tagged>) => ({ shown: floatText(totalSeconds(span(parts))) }),
  multiply: (parts: Record<string, Tagged>, factor: Tagged) => multiply(span(parts), plain(factor)),
  divide: (parts: Record<string, Tagged>, divisor: Tagged) => divide(span(parts), plain(divisor)),
  "divide down": (parts: Record<string, Tagged>, divisor: number) => divideDown(span(parts), divisor),
  quotient: (parts: Record<string, Tagged>, other: Record<string, Tagged>) => ({
    shown: floatText(quotient(span(parts), span(other))),
  }),
  "whole quotient": (parts: Record<string, Tagged>, other: Record<string, Tagged>) =>
    wholeQuotient(span(parts), span(other)),
  remainder: (parts: Record<string, Tagged>, other: Record<string, Tagged>) => remainder(span(parts), span(other)),
  "add durations": (left: string, right: string) => addDurations(parseDuration(left), parseDuration(right)),
  "subtract durations": (left: string, right: string) => subtractDurations(parseDuration(left), parseDuration(right)),
  "equal durations": (left: string, right: string) => equalDurations(parseDuration(left), parseDuration(right)),
  "multiply duration": (text: string, factor: number) => times(parseDuration(text), factor),
  negate: (text: string) => negate(parseDuration(text)),
};

function times(duration: Duration, factor: number): Duration {
  return duration instanceof Timedelta ? multiply(duration, factor) : multiplyCalendar(duration, factor);
}

function show(value: unknown): string {
  if (value instanceof DateTime) return dateTimeRepr(value);
  if (value instanceof PlainDate) return plainDateRepr(value);
  if (value instanceof Timedelta) return timedeltaRepr(value);
  if (value instanceof CalendarDuration) return calendarDurationRepr(value);
  if (typeof value === "object" && value !== null && "shown" in value) return String(value.shown);
  return repr(value as Json);
}

function evaluate(name: string, parameters: readonly never[]): Result {
  try {
    return show(functions[name]!(...parameters));
  } catch (error) {
    if (!(error instanceof DateTimeFailure)) throw error;
    return { $raises: error.kind, message: error.message };
  }
}

/** Rows that differ on purpose. */
const ours: readonly [reason: string, applies: (name: string, parameters: readonly unknown[]) => boolean][] = [
  [
    "a directive that stands twice is an error of the regular expression there, and says so here",
    (_, [, format]) => format === "%Y-%m-%d %ms",
  ],
];

describe("as the reference", () => {
  beforeAll(() => {
    vi.useFakeTimers({ now: new Date(table.now), toFake: ["Date"] });
  });
  afterAll(() => {
    vi.useRealTimers();
  });

  test.each([...new Set(table.rows.map(([name]) => name))])("%s", (name) => {
    const rows = table.rows.filter(
      ([row, parameters]) => row === name && !ours.some(([, applies]) => applies(row, parameters)),
    );
    const results = rows.map(([row, parameters]) => [row, parameters, evaluate(row, parameters)]);
    expect(results).toEqual(rows);
  });
});
