import { afterEach, describe, expect, test, vi } from "vitest";
import { tryParseAnyDatetime } from "./airbyte-datetime.ts";
import { compare } from "./arithmetic.ts";
import { civil, dayNumber, firstDay, lastDay } from "./calendar.ts";
import { datetimeReader, parseDatetime } from "./datetime-format.ts";
import { DateTime, dateTime, fields } from "./datetime.ts";
import { fromEpochMicros, fromEpochMillis, fromEpochSeconds, now, toEpochMicros, toEpochMillis } from "./epoch.ts";
import { DateTimeFailure, isValueError } from "./failure.ts";
import { dateTimeText, isoformat } from "./isoformat.ts";
import { parseLenientDatetime } from "./lenient-datetime.ts";
import { strptime } from "./strptime.ts";
import { toNamedZone, utc } from "./zone.ts";

afterEach(() => {
  vi.useRealTimers();
});

function stopClock(at: string): void {
  vi.useFakeTimers({ now: new Date(at), toFake: ["Date"] });
}

function failure(run: () => unknown): DateTimeFailure {
  try {
    run();
  } catch (error) {
    if (error instanceof DateTimeFailure) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

test("every day of the calendar has its number", () => {
  let expected = new Date(0).setUTCFullYear(1, 0, 1) / 86_400_000;
  expect(expected).toBe(firstDay);
  for (const days of [firstDay, -1, 0, 1, 59, 11_016, lastDay]) {
    const { year, month, day } = civil(days);
    expect(dayNumber(year, month, day)).toBe(days);
  }
  for (let year = 1; year <= 9999; year += 1) {
    for (const [month, day] of [
      [1, 1],
      [2, 28],
      [3, 1],
      [12, 31],
    ] as const) {
      expected = new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
      if (dayNumber(year, month, day) !== expected) expect({ year, month, day }).toBe(expected);
    }
  }
});

test("the clock is read at each call", () => {
  stopClock("2026-01-15T12:00:00.123Z");
  expect(dateTimeText(now())).toBe("2026-01-15 12:00:00.123000+00:00");
  stopClock("2026-01-15T12:00:01Z");
  expect(dateTimeText(now())).toBe("2026-01-15 12:00:01+00:00");
});

describe("a reader of several formats", () => {
  const read = datetimeReader(["%s", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"]);

  test.each([
    ["1700000000", "2023-11-14T22:13:20+00:00"],
    [1700000000, "2023-11-14T22:13:20+00:00"],
    ["2024-03-09T07:08:59Z", "2024-03-09T07:08:59+00:00"],
    ["2024-03-09", "2024-03-09T00:00:00+00:00"],
    ["2024-3-9", "2024-03-09T00:00:00+00:00"],
  ])("takes the first that matches: %j", (value, expected) => {
    expect(isoformat(read(value))).toBe(expected);
  });

  test("names all formats when none matches", () => {
    const error = failure(() => read("9 March"));
    expect(error.message).toBe("No format in ['%s', '%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%d'] matching 9 March");
    expect(isValueError(error)).toBe(true);
  });

  test("does not take an overflow or a missing value for a mismatch, as the reference does not", () => {
    expect(failure(() => read(null)).kind).toBe("TypeError");
    expect(failure(() => datetimeReader(["%ms", "%Y"])(10 ** 18)).kind).toBe("OverflowError");
  });

  test("tells a format that is wrong in itself", () => {
    const error = failure(() => datetimeReader(["%Y %Y", "%Y"])("2024"));
    expect(error.message).toBe("directive '%Y' stands twice in format '%Y %Y'");
    expect(error.kind).toBe("FormatError");
  });
});

// The quick reader and the pattern take the same texts alike; a quoted space more sends a text to the pattern.
test.each([
  ["2024-02-29T23:59:59Z", "%Y-%m-%dT%H:%M:%SZ"],
  ["1999-12-31 00:00:00.000001", "%Y-%m-%d %H:%M:%S.%f"],
  ["20240309070859", "%Y%m%d%H%M%S"],
  ["2024-03-09T07:08:59.5-07:30", "%Y-%m-%dT%H:%M:%S.%f%z"],
  ["2024-03-09T07:08:59+0000", "%Y-%m-%dT%H:%M:%S%z"],
  ["07:08Z", "%H:%M%z"],
])("%s in %s, quickly and by the pattern", (text, format) => {
  expect(strptime(text, format)).toEqual(strptime(`${text}  `, `${format}\t`));
});

test.each([
  ["2024-07-01T12:00:00", "Europe/Paris", "2024-07-01T14:00:00+02:00"],
  ["2024-01-01T00:30:00", "America/New_York", "2023-12-31T19:30:00-05:00"],
  ["2024-01-01T12:00:00", "Pacific/Tarawa", "2024-01-02T00:00:00+12:00"],
  ["2024-01-01T12:00:00", "Asia/Kathmandu", "2024-01-01T17:45:00+05:45"],
  ["2024-01-01T12:00:00", "us/pacific", "2024-01-01T04:00:00-08:00"],
  ["2024-01-01T12:00:00", "UTC", "2024-01-01T12:00:00+00:00"],
])("%s UTC in %s is %s", (text, zone, expected) => {
  expect(isoformat(toNamedZone(strptime(text, "%Y-%m-%dT%H:%M:%S"), zone))).toBe(expected);
});

test.each(["Nowhere/City", "+05:00", ""])("no zone: %j", (name) => {
  expect(failure(() => toNamedZone(now(), name)).kind).toBe("UnknownTimeZoneError");
});

test("epochs there and back", () => {
  const moment = parseDatetime("2024-03-09T07:08:59.123456-08:00", "%Y-%m-%dT%H:%M:%S.%f%z");
  expect(toEpochMillis(moment)).toBe(1_709_996_939_123);
  expect(toEpochMicros(moment)).toBe(1_709_996_939_123_456);
  expect(compare(fromEpochMicros(1_709_996_939_123_456), moment)).toBe(0);
  expect(compare(fromEpochMillis(1_709_996_939_123), moment)).toBeLessThan(0);
  expect(compare(fromEpochSeconds(1_709_996_939.123456), moment)).toBe(0);
  expect(utc(moment)).toEqual(fromEpochMicros(1_709_996_939_123_456));
});

test("a value past the calendar is an overflow", () => {
  expect(failure(() => new DateTime((lastDay + 1) * 86_400_000, 0, undefined)).kind).toBe("OverflowError");
  expect(failure(() => dateTime({ year: 10_000, month: 1, day: 1 })).kind).toBe("ValueError");
});

describe("what a lenient text leaves out comes from today", () => {
  test.each([
    ["10:20", "2026-01-31 10:20:00"],
    ["Feb", "2026-02-28 00:00:00"],
    ["Mon", "2026-02-02 00:00:00"],
    ["Sat", "2026-01-31 00:00:00"],
    ["Mar 5 75", "2075-03-05 00:00:00"],
    ["Mar 5 76", "1976-03-05 00:00:00"],
  ])("%s", (text, expected) => {
    stopClock("2026-01-31T08:00:00Z");
    expect(dateTimeText(parseLenientDatetime(text))).toBe(expected);
  });
});

test.each([["x"], [""], [null], ["99999999999-01-01 10:00"], [1.5]])("no date in any form: %j", (value) => {
  expect(tryParseAnyDatetime(value)).toBeUndefined();
});

test("fields of a moment before the epoch", () => {
  const { year, second, microsecond } = fields(fromEpochMicros(-1));
  expect([year, second, microsecond]).toEqual([1969, 59, 999_999]);
});
