import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection, Released } from "./connection.ts";
import { createPool, type Opening, type Pool } from "./pool.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const OPENING: Opening = { connectTimeout: 60, signal: new AbortController().signal };

/** A pool of connections that are nothing but open or not, and what frees one. */
function poolOfNames(): { pool: Pool; free: (connection: Connection, headers?: readonly string[]) => void } {
  let release: Released | undefined;
  const pool = createPool((_, released) => {
    release = released;
    let isOpen = true;
    return {
      ask: () => Promise.reject(new Error("not asked")),
      hold: () => undefined,
      destroy: () => void (isOpen = false),
      get isOpen() {
        return isOpen;
      },
    };
  });
  return { pool, free: (connection, headers = []) => release!(connection, headers) };
}

test.each<[string, readonly string[], number, boolean]>([
  ["at once", [], 0, true],
  ["within 4 seconds", [], 3900, true],
  ["later", [], 4100, false],
  ["as long as the server says, but for 2 seconds", ["Keep-Alive", "timeout=60"], 57_900, true],
  ["longer than that", ["Keep-Alive", "timeout=60"], 58_100, false],
  ["where the server gives no time", ["Keep-Alive", "timeout=2, max=9"], 0, false],
  ["within 10 minutes, whatever the server says", ["Keep-Alive", "max=9, timeout=99999"], 599_000, true],
  ["after 10 minutes", ["Keep-Alive", "timeout=99999"], 601_000, false],
])("a free connection is used again %s", async (_, headers, milliseconds, kept) => {
  const { pool, free } = poolOfNames();
  const first = pool.take(OPENING) as Connection;
  free(first, headers);
  vi.advanceTimersByTime(milliseconds);
  const next = await pool.take(OPENING);
  expect([next === first, first.isOpen]).toEqual([kept, kept]);
});

test("a connection that was free for a while is taken once its end would have been seen", async () => {
  const { pool, free } = poolOfNames();
  const first = pool.take(OPENING) as Connection;
  free(first);
  vi.advanceTimersByTime(3);
  const next = pool.take(OPENING);
  first.destroy(); // what the loop sees meanwhile
  expect((await next).isOpen).toBe(true);
});

test("connections that nobody takes again are closed in time, and hold no process back", () => {
  const { pool, free } = poolOfNames();
  const all = [pool.take(OPENING), pool.take(OPENING)] as Connection[];
  for (const each of all) free(each);
  vi.advanceTimersByTime(6000);
  expect(all.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  expect(vi.getTimerCount()).toBe(0);
});

test("the last one used is taken first, one that was closed is passed over, and a closed pool keeps none", () => {
  const { pool, free } = poolOfNames();
  const [first, second, third] = [pool.take(OPENING), pool.take(OPENING), pool.take(OPENING)] as Connection[];
  for (const each of [first!, second!, third!]) free(each);
  third!.destroy();
  expect(pool.take(OPENING)).toBe(second);
  pool.close();
  free(second!);
  expect([first!.isOpen, second!.isOpen]).toEqual([false, false]);
});
