import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { headersOf } from "../../http/headers.ts";
import { createResponse } from "../../http/response.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { JsonObject } from "../../json/value.ts";
import type { ApiBudget } from "../../roles.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { periodOf } from "./shared/period.ts";

const START = Date.parse("2026-01-15T12:00:00Z");
beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

const { signal } = new AbortController();
const call = (url = "https://h.test/a"): { method: string; url: string; headers: Record<string, string> } => ({
  method: "GET",
  url,
  headers: {},
});
const build = (policies: JsonObject[], more: JsonObject = {}): ApiBudget =>
  buildForTest("apiBudget", { type: "HTTPAPIBudget", policies, ...more }, { components, config: { n: 2 } }).component;
function answer(status: number, headers: Record<string, string>): HttpResponse {
  const head = { request: call(), status, url: "", headers: headersOf(Object.entries(headers)), fromCache: false };
  return createResponse(head, new Uint8Array());
}

/** After how many seconds each of the calls went. */
async function times(budget: ApiBudget, calls: readonly ReturnType<typeof call>[]): Promise<number[]> {
  const gone: number[] = [];
  const all = Promise.all(
    calls.map(async (each) => {
      await budget.acquire(each, signal);
      gone.push(Math.round((Date.now() - START) / 100) / 10);
    }),
  );
  await vi.advanceTimersByTimeAsync(600_000);
  await all;
  return gone;
}
const five = [call(), call(), call(), call(), call()];
const fixed = (more: JsonObject = {}): JsonObject => ({
  type: "FixedWindowCallRatePolicy",
  period: "PT10S",
  call_limit: 2,
  matchers: [],
  ...more,
});
const moving = (rates: JsonObject[], more: JsonObject = {}): JsonObject => ({
  type: "MovingWindowCallRatePolicy",
  rates,
  matchers: [],
  ...more,
});

test.each<[string, JsonObject[], number[]]>([
  ["no policy", [], [0, 0, 0, 0, 0]],
  ["two in ten seconds", [moving([{ limit: 2, interval: "PT10S" }])], [0, 0, 10, 10, 20]],
  ["a limit from the config", [moving([{ limit: "{{ config.n }}", interval: "PT10S" }])], [0, 0, 10, 10, 20]],
  [
    "two rates",
    [
      moving([
        { limit: 2, interval: "PT10S" },
        { limit: 3, interval: "PT1M" },
      ]),
    ],
    [0, 0, 10, 60, 60],
  ],
  [
    "a policy for other requests",
    [moving([{ limit: 1, interval: "PT10S" }], { matchers: [{ method: "POST" }] })],
    [0, 0, 0, 0, 0],
  ],
  [
    "the first policy that matches",
    [
      { type: "UnlimitedCallRatePolicy", matchers: [{ url_path_pattern: "a" }] },
      moving([{ limit: 1, interval: "PT10S" }]),
    ],
    [0, 0, 0, 0, 0],
  ],
  [
    "requests that weigh two",
    [moving([{ limit: 4, interval: "PT10S" }], { matchers: [{ weight: 2 }] })],
    [0, 0, 10, 10, 20],
  ],
])("%s", async (_, policies, expected) => {
  expect(await times(build(policies), five)).toEqual(expected);
});

test("a moving window goes with the calls", async () => {
  const budget = build([moving([{ limit: 2, interval: "PT10S" }])]);
  expect(await times(budget, [call()])).toEqual([0]);
  vi.setSystemTime(START);
  const [first] = await Promise.all([times(budget, five)]);
  expect(first).toEqual([0, 0, 10, 10, 20]);
});

test("a fixed window ends when answers say so, then every period", async () => {
  const budget = build([fixed()]);
  const epoch = String(START / 1000 + 4);
  await budget.acquire(call(), signal);
  budget.observe(call(), answer(200, { "RateLimit-Reset": epoch, "ratelimit-remaining": "1" }));
  expect(await times(budget, five)).toEqual([0, 4, 4, 14, 14]);
});

test.each<[string, JsonObject, HttpResponse, number[]]>([
  ["fewer calls are left than counted", {}, answer(200, { "ratelimit-remaining": "0" }), [5, 5]],
  ["more calls are left than counted", {}, answer(200, { "ratelimit-remaining": "99" }), [0, 5]],
  ["a status says that none is left", {}, answer(429, {}), [5, 5]],
  ["a status of one's own", { status_codes_for_ratelimit_hit: [420] }, answer(420, {}), [5, 5]],
  [
    "headers of one's own",
    { ratelimit_remaining_header: "X-Left", ratelimit_reset_header: "X-Reset" },
    answer(200, { "x-left": "0" }),
    [5, 5],
  ],
  ["a header that is no integer", {}, answer(200, { "ratelimit-remaining": "many" }), [0, 5]],
])("a fixed window when %s", async (_, more, seen, expected) => {
  const budget = build([fixed()], more);
  await budget.acquire(call(), signal);
  const name = more["ratelimit_reset_header"] === undefined ? "ratelimit-reset" : "x-reset";
  budget.observe(call(), answer(200, { [name]: String(START / 1000 + 5) }));
  budget.observe(call(), seen);
  expect(await times(budget, [call(), call()])).toEqual(expected);
});

test("a moving window is full when an answer says that no call is left", async () => {
  const budget = build([moving([{ limit: 2, interval: "PT10S" }])]);
  budget.observe(call(), answer(429, {}));
  expect(await times(budget, [call()])).toEqual([10]);
});

test("what can never go fails, and a wait can be ended", async () => {
  const budget = build([moving([{ limit: 2, interval: "PT10S" }], { matchers: [{ weight: 3 }] })]);
  await expect(budget.acquire(call(), signal)).rejects.toThrow("counts as 3, the limit is 2");
  const waiting = build([moving([{ limit: 1, interval: "PT1H" }])]);
  const controller = new AbortController();
  await waiting.acquire(call(), controller.signal);
  const second = waiting.acquire(call(), controller.signal);
  controller.abort(new Error("stopped"));
  await expect(second).rejects.toThrow("stopped");
});

test.each<[JsonObject, string]>([
  [fixed({ period: "ten" }), "ISO 8601"],
  [moving([]), "at least one rate"],
  [moving([{ limit: "x", interval: "PT1S" }]), "Rate.limit"],
  [fixed({ matchers: [{ weight: "{{ 0 }}" }] }), "weight"],
])("%j is refused", (policy, message) => {
  expect(() => build([policy])).toThrow(message);
});

test.each([
  ["PT1H", 3600],
  ["P1D", 86_400],
  ["P1W", 604_800],
  ["PT0.5S", 0.5],
  ["P1Y", 31_556_952],
])("a period of %s has %d seconds", (text, seconds) => {
  expect(periodOf(text, "f")).toBe(seconds);
});
