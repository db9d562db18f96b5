import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection, Released } from "./connection.ts";
import { createPool, type Opening, type Pool } from "./pool.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const OPENING: Opening = { connectTimeout: 60, signal: new AbortController().signal, fresh: false };

/** A pool of connections that are nothing but open or not, and what frees one. */
function poolOfNames(): { pool: Pool; free: (connection: Connection, headers?: readonly string[]) => void } {
  let release: Released | undefined;
  const pool = createPool((_, released) => {
    release = released;
    let isOpen = true;
    return {
      ask: () => Promise.reject(new Error("not asked")),
      hold: () => undefined,
      wasStale: false,
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
])("a free connection is used again %s", (_, headers, milliseconds, kept) => {
  const { pool, free } = poolOfNames();
  const first = pool.take(OPENING) as Connection;
  free(first, headers);
  vi.advanceTimersByTime(milliseconds);
  expect([pool.take(OPENING) === first, first.isOpen]).toEqual([kept, kept]);
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
  expect([first, second, third]).not.toContain(pool.take({ ...OPENING, fresh: true }));
  expect(pool.take(OPENING)).toBe(second);
  pool.close();
  free(second!);
  expect([first!.isOpen, second!.isOpen]).toEqual([false, false]);
});
