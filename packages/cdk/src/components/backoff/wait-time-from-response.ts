import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { isHttpFailure } from "../../http/failure.ts";
import { compileTemplate } from "../../interpolation/template.ts";
import { headersView } from "../../interpolation/views.ts";
import type { Json } from "../../json/value.ts";
import type { BackoffStrategy } from "../../roles.ts";
import { longestWait } from "./shared/longest-wait.ts";
import { floatOf } from "./shared/seconds.ts";

const VISIBLE: ReadonlySet<string> = new Set(["config", "response", "headers", "parameters"]);

export const waitTimeFromResponse: Component<"backoffStrategy"> = component({
  kind: "backoffStrategy",
  type: "WaitTimeFromResponse",
  description: "Waits as long as a field of the answer's body says.",
  schema: (_, z) =>
    z.object({
      wait_time_in_seconds: z
        .string()
        .describe(
          "Seconds to wait; the next strategy is asked where it comes to nothing, or to no positive number. May see: config, " +
            "headers, parameters, response.",
        ),
      max_waiting_time_in_seconds: z
        .union([z.number(), z.string()])
        .optional()
        .describe("The stream fails rather than wait as long as this. May see: config, parameters."),
    }),
  create({ wait_time_in_seconds, max_waiting_time_in_seconds }, scope): BackoffStrategy {
    const { stream, run, parameters } = scope;
    const evaluate = compileTemplate(wait_time_in_seconds, { parameters, default: wait_time_in_seconds });
    const unknown = evaluate.reads.map(([name]) => name).filter((name) => !VISIBLE.has(name));
    if (unknown.length > 0) {
      throw systemError("The connector's expression for the wait after a rate limit is wrong.", {
        stream: stream.name,
        internal:
          `WaitTimeFromResponse.wait_time_in_seconds reads ${unknown.join(", ")}; ` +
          `there is only ${[...VISIBLE].join(", ")}: ${wait_time_in_seconds}`,
      });
    }
    const allowed = longestWait(max_waiting_time_in_seconds, scope);
    const ofNoUse = (why: string): undefined => {
      run.log("WARN", `Stream ${stream.name}: wait_time_in_seconds ${why}. The next backoff strategy is asked.`);
    };
    return async (outcome) => {
      const json = isHttpFailure(outcome) ? undefined : await outcome.json();
      const response = json === undefined ? {} : json;
      const headers = isHttpFailure(outcome) ? {} : headersView(outcome.headers.toObject());
      let value: Json;
      try {
        value = evaluate({ config: () => scope.config.get(), response, headers });
      } catch (error) {
        // It was written for one form of answer, and is asked for every one.
        return ofNoUse(`cannot be evaluated for this answer (${error instanceof Error ? error.name : "error"})`);
      }
      if (value === null || (typeof value === "string" && value.trim() === "")) return undefined;
      const seconds = value === wait_time_in_seconds ? undefined : floatOf(value);
      if (seconds === undefined) return ofNoUse("does not come to a number for this answer");
      if (!Number.isFinite(seconds) || seconds < 0) return undefined;
      return seconds === 0 ? 0 : allowed(seconds);
    };
  },
});
