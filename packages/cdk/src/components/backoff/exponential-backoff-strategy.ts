import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import type { BackoffStrategy } from "../../roles.ts";
import { withJitter } from "./shared/jitter.ts";
import { floatOf, secondsOf } from "./shared/seconds.ts";

const FACTOR = 5;

export const exponentialBackoffStrategy: Component<"backoffStrategy"> = component({
  kind: "backoffStrategy",
  type: "ExponentialBackoffStrategy",
  description: "Waits twice as long before each further attempt.",
  schema: (_, z) =>
    z.object({
      factor: z
        .union([z.number(), z.string()])
        .default(FACTOR)
        .describe("The wait before the nth retry is this times 2 to the nth, in seconds. May see: config, parameters."),
      jitter_range_in_seconds: z
        .number()
        .min(0)
        .optional()
        .describe("Lengthens each wait by a random part of up to twice as many seconds."),
    }),
  create({ factor, jitter_range_in_seconds }, scope): BackoffStrategy {
    const multiplier = scope.template(str(truthy(factor) ? factor : FACTOR));
    const range = floatOf(jitter_range_in_seconds);
    return async (_, attempt) =>
      withJitter(secondsOf(multiplier({}), "ExponentialBackoffStrategy.factor") * 2 ** attempt, range);
  },
});
