import { component, type Component, type Scope } from "../../component.ts";
import { configError } from "../../errors.ts";
import { repr } from "../../json/python-text.ts";
import type { Json } from "../../json/value.ts";
import type { ErrorHandler } from "../../roles.ts";
import { floatOf } from "../backoff/shared/seconds.ts";
import { defaultResolution } from "./shared/default-resolutions.ts";

const MAX_RETRIES = 5;
/** Seconds. */
const MAX_TIME = 600;

export const defaultErrorHandler: Component<"errorHandler"> = component({
  kind: "errorHandler",
  type: "DefaultErrorHandler",
  description: "Says which answers are errors, which of them are tried again, and after what wait.",
  schema: (slot, z) =>
    z.object({
      backoff_strategies: z
        .array(slot("backoffStrategy"))
        .optional()
        .describe(
          "How long to wait before a retry: the first that gives a time decides. When left out: 1, 2, 4, 8 … seconds.",
        ),
      max_retries: z
        .union([z.int(), z.string()])
        .default(MAX_RETRIES)
        .describe("How often a request is sent again before the stream fails. May see: config, parameters."),
      response_filters: z
        .array(slot("responseFilter"))
        .optional()
        .describe(
          "What answers mean: the first filter that matches decides. When none does, an answer below 400 is a success, " +
            "429 and errors of servers and connections are retried, other errors fail the stream.",
        ),
    }),
  create({ backoff_strategies = [], max_retries, response_filters = [] }, scope): ErrorHandler {
    const filters = response_filters.map((filter) => scope.build(filter));
    return {
      maxRetries: retriesOf(max_retries, scope),
      maxTime: MAX_TIME,
      backoffs: backoff_strategies.map((strategy) => scope.build(strategy)),
      async interpret(outcome) {
        for (const filter of filters) {
          const resolution = await filter(outcome);
          if (resolution !== undefined) return resolution;
        }
        return defaultResolution(outcome);
      },
    };
  },
});

function retriesOf(given: Json, scope: Scope): number {
  const value = typeof given === "string" ? (scope.template(given, String(MAX_RETRIES))({}) ?? null) : given;
  // As Python's int: of a text only an integer, of a float what stands before the point.
  const number = typeof value === "string" && !/^\s*[-+]?\d+\s*$/.test(value) ? undefined : floatOf(value);
  if (number !== undefined && Number.isFinite(number)) return Math.trunc(number);
  throw configError(`DefaultErrorHandler.max_retries must come to an integer, but is ${repr(value)}.`, {
    stream: scope.stream.name,
  });
}
