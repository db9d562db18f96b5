import { bench, describe } from "vitest";
import { mergeIntervals, type Interval } from "../src/components/cursors/shared/intervals.ts";
import { momentScale } from "../src/components/cursors/shared/moment-scale.ts";
import { add } from "../src/datetime/arithmetic.ts";
import type { DateTime } from "../src/datetime/datetime.ts";
import { strptime } from "../src/datetime/strptime.ts";
import { timedelta } from "../src/datetime/timedelta.ts";
import { merge } from "../src/read/merge.ts";
import { createSchedule } from "../src/read/schedule.ts";
import type { Stream } from "../src/roles.ts";

const format = "%Y-%m-%dT%H:%M:%SZ";
const scale = momentScale([], format, timedelta({ seconds: 1 }));
const start = strptime("2024-01-01T00:00:00Z", format);
const days = (count: number, length: number): Interval<DateTime>[] =>
  Array.from({ length: count }, (_, day) => ({
    start: add(start, timedelta({ days: day })),
    end: add(start, timedelta({ days: day, seconds: length })),
    newest: undefined,
  }));
const touching = days(365, 86_399);
const apart = days(365, 60);

describe("state", () => {
  bench("365 intervals that touch are merged", () => void mergeIntervals(scale, touching));
  bench("365 intervals that lie apart are merged", () => void mergeIntervals(scale, apart));
});

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

describe("scheduler", () => {
  const values = Array.from({ length: 20 }, (_, value) => value);
  bench("1,000 sources of 20 values are read, ten at a time", async () => {
    let count = 0;
    for await (const value of merge<number>(from(Array.from({ length: 1000 }, () => from(values))), 10))
      count += value >= 0 ? 1 : 0;
    if (count !== 20_000) throw new Error(`${count} values`);
  });
  const named = (name: string): Stream => ({ name, parents: [] }) as unknown as Stream; // all that it looks at
  const streams = Array.from({ length: 200 }, (_, index) => named(`s${index}`));
  bench("200 streams start, each when its group is free", async () => {
    const schedule = createSchedule(streams, new Map(streams.map(({ name }, index) => [name, `g${index % 10}`])));
    let count = 0;
    for await (const stream of schedule.streams()) {
      count++;
      schedule.generated(stream);
      schedule.done(stream);
    }
    if (count !== 200) throw new Error(`${count} streams`);
  });
});
