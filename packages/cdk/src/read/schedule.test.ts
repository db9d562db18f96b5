import { expect, test } from "vitest";
import { random } from "../../test/random.ts";
import type { Stream } from "../roles.ts";
import { createSchedule } from "./schedule.ts";

const named = (name: string, parents: readonly string[]): Stream => ({ name, parents }) as unknown as Stream; // all it looks at

test("10,000 random streams, groups and parents: each starts once, none beside its group or a parent in use, all end", async () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 10_000; seed++) {
    const next = random(seed);
    const streams = Array.from({ length: next(7) }, (_, index) =>
      // A parent has a name that comes before, or is no stream of the catalog.
      named(`s${index}`, next(3) > 0 ? [] : [index > 0 && next(2) === 0 ? `s${next(index)}` : `p${next(2)}`]),
    );
    const groups = new Map<string, string>();
    for (const name of [...streams.map((stream) => stream.name), "p0", "p1"])
      if (next(2) === 0) groups.set(name, `g${next(2)}`);
    const schedule = createSchedule(streams, groups);
    const active = new Set<Stream>();
    const generating = new Set<Stream>();
    const started: string[] = [];
    for await (const stream of schedule.streams()) {
      const group = groups.get(stream.name);
      const beside = [...active].filter(({ name }) => group !== undefined && groups.get(name) === group);
      const inUse = stream.parents.filter(
        (parent) =>
          groups.has(parent) &&
          ([...active].some(({ name }) => name === parent) ||
            [...generating].some(({ parents }) => parents.includes(parent))),
      );
      if (beside.length + inUse.length > 0) wrong.push(`${seed}: ${stream.name} was started too early`);
      started.push(stream.name);
      active.add(stream);
      generating.add(stream);
      void run(stream, next(4), next(4));
    }
    if (started.toSorted().join() !== streams.map(({ name }) => name).join()) wrong.push(`${seed}: ${started.join()}`);

    async function run(stream: Stream, turns: number, more: number): Promise<void> {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      generating.delete(stream);
      schedule.generated(stream);
      for (let turn = 0; turn < more; turn++) await Promise.resolve();
      active.delete(stream);
      schedule.done(stream);
    }
  }
  expect(wrong).toEqual([]);
});
