import { component, type Component } from "../../component.ts";
import { isHttpFailure } from "../../http/failure.ts";
import type { BackoffStrategy } from "../../roles.ts";
import { longestWait } from "./shared/longest-wait.ts";
import { numberFromHeader } from "./shared/number-from-header.ts";

export const waitTimeFromHeader: Component<"backoffStrategy"> = component({
  kind: "backoffStrategy",
  type: "WaitTimeFromHeader",
  description: "Waits as long as a header of the answer says.",
  schema: (_, z) =>
    z.object({
      header: z.string().describe("The header that says how many seconds to wait. May see: config, parameters."),
      regex: z
        .string()
        .optional()
        .describe(
          "A Python regular expression; what it matches at the header's start is the number. May see: config, parameters.",
        ),
      max_waiting_time_in_seconds: z
        .union([z.number(), z.string()])
        .optional()
        .describe("The stream fails rather than wait as long as this. May see: config, parameters."),
    }),
  create({ header, regex, max_waiting_time_in_seconds }, scope): BackoffStrategy {
    const name = scope.text(header);
    const expression = regex === undefined || regex === "" ? undefined : scope.text(regex);
    const allowed = longestWait(max_waiting_time_in_seconds, scope);
    return async (outcome) => {
      if (isHttpFailure(outcome)) return undefined;
      const seconds = numberFromHeader(outcome, name({}), expression?.({}));
      // No wait at all is always allowed.
      return seconds === undefined || seconds === 0 ? seconds : allowed(seconds);
    };
  },
});
