import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import type { BackoffStrategy } from "../../roles.ts";
import { withJitter } from "./shared/jitter.ts";
import { floatOf, secondsOf } from "./shared/seconds.ts";

export const constantBackoffStrategy: Component<"backoffStrategy"> = component({
  kind: "backoffStrategy",
  type: "ConstantBackoffStrategy",
  description: "Waits the same time before each further attempt.",
  schema: (_, z) =>
    z.object({
      backoff_time_in_seconds: z
        .union([z.number().min(0), z.string()])
        .describe("Seconds to wait before a retry. May see: config, parameters."),
      jitter_range_in_seconds: z
        .number()
        .min(0)
        .optional()
        .describe("Lengthens each wait by a random part of up to twice as many seconds."),
    }),
  create({ backoff_time_in_seconds, jitter_range_in_seconds }, scope): BackoffStrategy {
    const time = scope.template(str(backoff_time_in_seconds));
    const range = floatOf(jitter_range_in_seconds);
    return async () => withJitter(secondsOf(time({}), "ConstantBackoffStrategy.backoff_time_in_seconds"), range);
  },
});
