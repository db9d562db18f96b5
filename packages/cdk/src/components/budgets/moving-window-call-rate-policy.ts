import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { monotonicSeconds } from "../../http/sleep.ts";
import type { CallRatePolicy } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { createMatching } from "./shared/matching.ts";
import { createRate } from "./shared/rate.ts";
import { takeCalls } from "./shared/take-calls.ts";

export const movingWindowCallRatePolicy: Component<"callRatePolicy"> = component({
  kind: "callRatePolicy",
  type: "MovingWindowCallRatePolicy",
  description: "Limits of requests in any stretch of time of a given length.",
  schema: (slot, z) =>
    z.object({
      rates: z.array(slot("piece", ["Rate"])).describe("How many calls are allowed in which time; all of them hold."),
      matchers: z
        .array(slot("piece", ["HttpRequestRegexMatcher"]))
        .describe("The requests it is for: one of these takes them; all when empty."),
    }),
  create(spec, scope): CallRatePolicy {
    const weigh = createMatching(spec.matchers, scope);
    const rates = spec.rates.map((rate) => createRate(scope.build(ref("piece", { ...rate, type: "Rate" })), scope));
    if (rates.length === 0) throw configError("MovingWindowCallRatePolicy.rates must name at least one rate.");
    const lowest = Math.min(...rates.map(({ limit }) => limit));
    const longest = Math.max(...rates.map(({ interval }) => interval));
    /** When calls were made, the oldest first. */
    const calls: number[] = [];

    const callsSince = (time: number): number => calls.length - countBefore(calls, time);
    function forget(now: number): void {
      const old = countBefore(calls, now - longest);
      if (old > calls.length / 2) calls.splice(0, old);
    }
    return {
      matches: (request) => weigh(request) !== undefined,
      acquire(request, signal) {
        const weight = weigh(request) ?? 1;
        return takeCalls(request, weight, lowest, signal, () => {
          const now = monotonicSeconds();
          forget(now);
          for (const { limit, interval } of rates) {
            if (callsSince(now - interval) + weight <= limit) continue;
            // Room comes when this call leaves the window.
            return calls[calls.length - 1 - (limit - weight)]! + interval - now;
          }
          for (let count = 0; count < weight; count++) calls.push(now);
          return undefined;
        });
      },
      update(left, reset) {
        if (left !== 0 || reset !== undefined) return;
        const now = monotonicSeconds();
        const free = Math.min(...rates.map(({ limit, interval }) => limit - callsSince(now - interval)));
        for (let count = 0; count < free; count++) calls.push(now);
      },
    };
  },
});

/** How many of the ascending times are before this one. */
function countBefore(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
