import { expect, test } from "vitest";
import type { Interval } from "./intervals.ts";
import type { Scale } from "./scale.ts";
import { missingWindows, type Range } from "./windows.ts";

const numbers: Scale<number> = {
  read: (value) => (typeof value === "number" ? value : undefined),
  write: (value) => value,
  compare: (left, right) => left - right,
  isSet: () => true,
  next: (value) => value + 1,
};
const range: Range<number> = { start: 0, end: () => 100, clamp: (value) => value, strict: false };
const unit = { after: (value: number) => value + 1, before: (value: number) => value - 1 };
const tens = (value: number): number => Math.ceil(value / 10) * 10;
const read = (...borders: [number, number][]): Interval<number>[] =>
  borders.map(([start, end]) => ({ start, end, newest: undefined }));

test.each<[string, Partial<Range<number>>, Interval<number>[], [number, number][]]>([
  ["all at once", {}, read([0, 0]), [[0, 100]]],
  [
    "in steps, borders twice",
    { ahead: (value) => value + 40 },
    read([0, 0]),
    [
      [0, 40],
      [40, 80],
      [80, 100],
    ],
  ],
  [
    "in steps, borders once",
    { ahead: (value) => value + 40, unit },
    read([0, 0]),
    [
      [0, 39],
      [40, 79],
      [80, 100],
    ],
  ],
  [
    "the gap between",
    { unit },
    read([0, 20], [50, 60]),
    [
      [21, 49],
      [60, 100],
    ],
  ],
  [
    "what comes before",
    { unit },
    read([30, 60]),
    [
      [0, 29],
      [60, 100],
    ],
  ],
  ["read again by the lookback", { back: (value) => value - 15 }, read([0, 60]), [[45, 100]]],
  ["no lookback before the start", { back: () => undefined }, read([0, 60]), [[0, 100]]],
  ["nothing is left", {}, read([0, 100]), []],
  ["the last unit is read again", { unit }, read([0, 100]), [[100, 100]]],
  ["unless the API refuses that", { unit, strict: true }, read([0, 100]), []],
  ["synced past the end", { unit }, read([0, 120]), []],
  [
    "clamped",
    { clamp: tens, ahead: (value) => value + 33 },
    read([0, 3]),
    [
      [10, 50],
      [50, 90],
      [90, 100],
    ],
  ],
  ["a step past the scale goes to the end", { ahead: () => undefined, unit }, read([0, 7]), [[7, 100]]],
])("windows: %s", (_, changes, intervals, expected) => {
  expect([...missingWindows(numbers, { ...range, ...changes }, intervals)]).toEqual(expected);
});
