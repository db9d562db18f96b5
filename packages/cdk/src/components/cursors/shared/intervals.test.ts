import { expect, test } from "vitest";
import { random } from "../../../../test/random.ts";
import { mergeIntervals, syncedUntil, type Interval } from "./intervals.ts";
import type { Scale } from "./scale.ts";

/** Whole numbers; intervals that are one apart touch. */
const numbers: Scale<number> = {
  read: (value) => (typeof value === "number" ? value : undefined),
  write: (value) => value,
  compare: (left, right) => left - right,
  isSet: () => true,
  next: (value) => value + 1,
};

function someIntervals(seed: number): Interval<number>[] {
  const next = random(seed);
  return Array.from({ length: 1 + next(9) }, () => {
    const start = next(60);
    const end = start + next(12);
    return { start, end, newest: next(3) === 0 ? undefined : start + next(end - start + 1) };
  });
}

const covers = (intervals: readonly Interval<number>[], value: number): boolean =>
  intervals.some(({ start, end }) => start <= value && value <= end);

test("merged intervals cover the same, in order, apart from each other, and keep the newest values", () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const intervals = someIntervals(seed);
    const merged = mergeIntervals(numbers, intervals);
    for (let value = -2; value < 80; value++)
      expect([seed, value, covers(merged, value)]).toEqual([seed, value, covers(intervals, value)]);
    for (const [index, interval] of merged.entries()) {
      if (index > 0) expect(interval.start).toBeGreaterThan(merged[index - 1]!.end + 1);
      const within = intervals.filter(({ start }) => start >= interval.start && start <= interval.end);
      const newest = within.map((each) => each.newest).filter((each) => each !== undefined);
      expect([seed, interval.newest]).toEqual([seed, newest.length === 0 ? undefined : Math.max(...newest)]);
    }
  }
});

test("merging is the same in any order, in any grouping, and a second time", () => {
  for (let seed = 1; seed <= 1000; seed++) {
    const intervals = someIntervals(seed);
    const merged = mergeIntervals(numbers, intervals);
    expect(mergeIntervals(numbers, intervals.toReversed())).toEqual(merged);
    expect(mergeIntervals(numbers, merged)).toEqual(merged);
    const cut = seed % intervals.length;
    const parts = [
      ...mergeIntervals(numbers, intervals.slice(cut)),
      ...mergeIntervals(numbers, intervals.slice(0, cut)),
    ];
    expect(mergeIntervals(numbers, parts)).toEqual(merged);
  }
});

test("merging changes nothing in what it is given", () => {
  const intervals = [
    { start: 5, end: 9, newest: 6 },
    { start: 1, end: 5, newest: undefined },
  ];
  const before = structuredClone(intervals);
  mergeIntervals(numbers, intervals);
  expect(intervals).toEqual(before);
});

test.each<[string, Interval<number>[], number | undefined]>([
  ["nothing", [], undefined],
  ["one without records", [{ start: 3, end: 9, newest: undefined }], 3],
  ["one with records", [{ start: 3, end: 9, newest: 7 }], 7],
  [
    "two with a gap",
    [
      { start: 30, end: 39, newest: 37 },
      { start: 3, end: 9, newest: 7 },
    ],
    7,
  ],
  [
    "two that touch",
    [
      { start: 10, end: 39, newest: 37 },
      { start: 3, end: 9, newest: 7 },
    ],
    37,
  ],
  [
    "two that touch, the later without records",
    [
      { start: 10, end: 39, newest: undefined },
      { start: 3, end: 9, newest: 7 },
    ],
    7,
  ],
])("synced until: %s", (_, intervals, until) => {
  expect(syncedUntil(numbers, intervals)).toBe(until);
});
