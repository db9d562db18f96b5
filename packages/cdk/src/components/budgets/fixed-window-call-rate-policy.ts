import { component, type Component } from "../../component.ts";
import { monotonicSeconds } from "../../http/sleep.ts";
import type { CallRatePolicy } from "../../roles.ts";
import { floatOf } from "../backoff/shared/seconds.ts";
import { createMatching } from "./shared/matching.ts";
import { periodOf } from "./shared/period.ts";
import { takeCalls } from "./shared/take-calls.ts";

/** Until an answer tells when the window ends, it is taken to be far off. */
const FAR_OFF = 10 * 86_400;

export const fixedWindowCallRatePolicy: Component<"callRatePolicy"> = component({
  kind: "callRatePolicy",
  type: "FixedWindowCallRatePolicy",
  description: "A limit of requests in fixed periods of time.",
  schema: (slot, z) =>
    z.object({
      period: z.string().describe("The length of a window, as an ISO 8601 duration such as PT1H."),
      call_limit: z.int().describe("How many calls a window has."),
      matchers: z
        .array(slot("piece", ["HttpRequestRegexMatcher"]))
        .describe("The requests it is for: one of these takes them; all when empty."),
    }),
  create(spec, scope): CallRatePolicy {
    const weigh = createMatching(spec.matchers, scope);
    const period = periodOf(spec.period, "FixedWindowCallRatePolicy.period");
    const limit = floatOf(spec.call_limit) ?? 0;
    let end = monotonicSeconds() + FAR_OFF;
    let calls = 0;

    function roll(now: number): void {
      if (now < end) return;
      calls = 0;
      end = period > 0 ? end + period * (Math.floor((now - end) / period) + 1) : now;
    }
    return {
      matches: (request) => weigh(request) !== undefined,
      acquire(request, signal) {
        const weight = weigh(request) ?? 1;
        return takeCalls(request, weight, limit, signal, () => {
          const now = monotonicSeconds();
          roll(now);
          if (calls + weight > limit) return end - now;
          calls += weight;
          return undefined;
        });
      },
      update(left, reset) {
        const now = monotonicSeconds();
        roll(now);
        // More calls than we count are no reason to make them: our limit may be meant to be lower.
        if (left !== undefined && limit - calls > left) calls = limit - left;
        if (reset !== undefined) end = now + reset - Date.now() / 1000;
      },
    };
  },
});
