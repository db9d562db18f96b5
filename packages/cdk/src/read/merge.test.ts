import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { random } from "../../test/random.ts";
import { merge } from "./merge.ts";

async function* from<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

test("yields every value once, and never reads more sources than the limit", async () => {
  let active = 0;
  let peak = 0;
  async function* source(name: number): AsyncGenerator<string> {
    peak = Math.max(peak, ++active);
    for (let index = 0; index < 5; index++) {
      await sleep(index % 2);
      yield `${name}:${index}`;
    }
    active--;
  }
  const seen: string[] = [];
  for await (const value of merge<string>(from(Array.from({ length: 40 }, (_, name) => source(name))), 7))
    seen.push(value);
  expect(seen.length).toBe(200);
  expect(new Set(seen).size).toBe(200);
  expect(peak).toBe(7);
});

test("a consumer that stops early closes every source", async () => {
  let active = 0;
  async function* source(): AsyncGenerator<number> {
    active++;
    try {
      for (;;) {
        await sleep(1);
        yield 1;
      }
    } finally {
      active--;
    }
  }
  for await (const value of merge(from([source(), source(), source()]), 2)) if (value === 1) break;
  expect(active).toBe(0);
});

test("a slow consumer slows the sources: one value each at most is made ahead", async () => {
  let made = 0;
  async function* source(): AsyncGenerator<number> {
    for (let index = 0; index < 100; index++) yield ++made;
  }
  let taken = 0;
  for await (const value of merge(from([source(), source()]), 2)) {
    expect(value).toBeGreaterThan(0);
    taken++;
    await sleep(0);
    expect(made - taken).toBeLessThanOrEqual(2);
  }
  expect(taken).toBe(200);
});

test("10,000 random topologies of slow, failing and empty sources end, with all values or the first error", async () => {
  const next = random(7);
  for (let topology = 0; topology < 10_000; topology++) {
    const size = next(6);
    const limit = 1 + next(3);
    let expected = 0;
    let fails = false;
    const sources = Array.from({ length: size }, () => {
      const count = next(4);
      const failing = next(20) === 0;
      const slow = next(10) < 3;
      expected += count;
      fails ||= failing;
      return (async function* () {
        for (let index = 0; index < count; index++) {
          if (slow) await Promise.resolve();
          yield index;
        }
        if (failing) throw new Error("failed");
      })();
    });
    let seen = 0;
    let failed = false;
    try {
      for await (const value of merge<number>(from(sources), limit)) seen += value >= 0 ? 1 : 0;
    } catch {
      failed = true;
    }
    expect(failed).toBe(fails);
    if (!fails) expect(seen).toBe(expected);
  }
});
