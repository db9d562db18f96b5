import { component, type Component } from "../../component.ts";
import { isHttpFailure } from "../../http/failure.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import type { BackoffStrategy } from "../../roles.ts";
import { longestWait } from "./shared/longest-wait.ts";
import { numberFromHeader } from "./shared/number-from-header.ts";
import { secondsOf } from "./shared/seconds.ts";

export const waitUntilTimeFromHeader: Component<"backoffStrategy"> = component({
  kind: "backoffStrategy",
  type: "WaitUntilTimeFromHeader",
  description: "Waits until the time that a header of the answer says.",
  schema: (_, z) =>
    z.object({
      header: z
        .string()
        .describe("The header that says when to try again, in seconds since 1970. May see: config, parameters."),
      min_wait: z
        .union([z.number(), z.string()])
        .optional()
        .describe("No wait is shorter, and without the header it is this long. May see: config, parameters."),
      regex: z
        .string()
        .optional()
        .describe(
          "A Python regular expression; what it matches at the header's start is the time. May see: config, parameters.",
        ),
      max_waiting_time_in_seconds: z
        .union([z.number(), z.string()])
        .optional()
        .describe("The stream fails rather than wait as long as this. May see: config, parameters."),
    }),
  create({ header, min_wait, regex, max_waiting_time_in_seconds }, scope): BackoffStrategy {
    const name = scope.text(header);
    const expression = regex === undefined || regex === "" ? undefined : scope.text(regex);
    const shortest = min_wait === undefined ? undefined : scope.template(str(min_wait));
    const allowed = longestWait(max_waiting_time_in_seconds, scope);
    return async (outcome) => {
      const until = isHttpFailure(outcome) ? undefined : numberFromHeader(outcome, name({}), expression?.({}));
      const least = shortest?.({}) ?? null;
      const minimum = truthy(least) ? secondsOf(least, "WaitUntilTimeFromHeader.min_wait") : undefined;
      if (until === undefined || until === 0) return minimum === undefined ? undefined : allowed(minimum);
      const wait = until - Date.now() / 1000;
      if (minimum !== undefined) return allowed(Math.max(wait, minimum));
      return wait < 0 ? undefined : allowed(wait);
    };
  },
});
