import { expect, test } from "vitest";
import { random } from "../../test/random.ts";
import type { JsonObject } from "../json/value.ts";
import type { Slice, Stream } from "../roles.ts";
import { readStreams } from "./read.ts";

/** What happens while a stream is read: how many slices it has, and whether making or reading one of them fails. */
interface Plan {
  readonly name: string;
  readonly parents: readonly string[];
  readonly slices: number;
  readonly failsAfter: number | undefined;
  readonly failsIn: number | undefined;
}

function plansOf(next: (below: number) => number): Plan[] {
  return Array.from({ length: 1 + next(6) }, (_, index) => ({
    name: `s${index}`,
    parents: next(3) > 0 ? [] : [index > 0 && next(2) === 0 ? `s${next(index)}` : `p${next(2)}`],
    slices: next(5),
    failsAfter: next(5) === 0 ? next(4) : undefined,
    failsIn: next(5) === 0 ? next(4) : undefined,
  }));
}

const fails = ({ slices, failsAfter, failsIn }: Plan): boolean =>
  (failsAfter !== undefined && failsAfter <= slices) ||
  (failsIn !== undefined && failsIn < Math.min(slices, failsAfter ?? slices));

test("2,000 random streams that are slow, empty or fail, with groups and parents: all end, none beside its group", async () => {
  const wrong: string[] = [];
  for (let seed = 1; seed <= 2000; seed++) {
    const next = random(seed);
    const plans = plansOf(next);
    const groups = new Map<string, string>();
    for (const name of [...plans.map((plan) => plan.name), "p0", "p1"])
      if (next(2) === 0) groups.set(name, `g${next(2)}`);
    /** Streams that are being read, and grouped parents whose child makes its slices: each once. */
    const busy: string[] = [];
    const free = (name: string): void => void busy.splice(busy.indexOf(name), 1);
    const statuses = new Map<string, string[]>();
    const read = readStreams(
      plans.map((plan) => streamOf(plan)),
      { concurrency: 1 + next(5), groups, signal: new AbortController().signal, log: () => {} },
    );
    let failed = false;
    try {
      for await (const output of read) {
        const status = "trace" in output ? output.trace?.stream_status : undefined;
        if (status === undefined) continue;
        const { name } = status.stream_descriptor;
        statuses.set(name, [...(statuses.get(name) ?? []), status.status]);
      }
    } catch {
      failed = true;
    }
    for (const plan of plans) {
      const [first, ...others] = statuses.get(plan.name) ?? [];
      const end = fails(plan) ? "INCOMPLETE" : "COMPLETE";
      if (first !== "STARTED" || others.join() !== end) wrong.push(`${seed}: ${plan.name} ${first} ${others.join()}`);
    }
    if (failed !== plans.some(fails)) wrong.push(`${seed}: ${failed ? "failed" : "did not fail"}`);

    function start(name: string): void {
      const group = groups.get(name);
      if (group !== undefined && busy.some((other) => groups.get(other) === group))
        wrong.push(`${seed}: ${name} beside ${busy.join()}`);
      busy.push(name);
    }

    function streamOf({ name, parents, slices, failsAfter, failsIn }: Plan): Stream {
      const made: Slice[] = [];
      const wait = async (): Promise<void> => {
        for (let turns = next(4); turns > 0; turns--) await Promise.resolve();
      };
      async function* makeSlices(): AsyncGenerator<Slice> {
        start(name);
        const used = parents.filter((parent) => groups.has(parent));
        for (const parent of used) {
          if (busy.includes(parent)) wrong.push(`${seed}: ${name} reads its parent ${parent}, which is in use`);
          busy.push(parent);
        }
        try {
          for (let index = 0; index < slices; index++) {
            await wait();
            if (index === failsAfter) throw new Error("no more slices");
            const slice: Slice = { partition: { index } satisfies JsonObject, interval: {}, extra: {} };
            made.push(slice);
            yield slice;
          }
          if (slices === failsAfter) throw new Error("no end of slices");
        } finally {
          for (const parent of used) free(parent);
        }
      }
      const cursor = { slices: makeSlices, close: () => undefined, finish: () => free(name) };
      return {
        name,
        parents,
        cursor,
        async *read(slice: Slice) {
          await wait();
          if (made.indexOf(slice) === failsIn) throw new Error("no records");
          yield* [];
        },
      } as unknown as Stream; // all that reading looks at
    }
  }
  expect(wrong).toEqual([]);
});
