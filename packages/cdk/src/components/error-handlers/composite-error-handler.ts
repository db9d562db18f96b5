import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import type { ResponseAction } from "../../http/types.ts";
import type { ErrorHandler } from "../../roles.ts";

/** What ends the search for a handler. Any other verdict stands only if no later handler has one of these. */
const DECISIVE: ReadonlySet<ResponseAction> = new Set<ResponseAction>([
  "SUCCESS",
  "RETRY",
  "IGNORE",
  "RESET_PAGINATION",
  "REDUCE_PAGE_SIZE",
  "SPLIT_REQUEST_WINDOW",
]);

export const compositeErrorHandler: Component<"errorHandler"> = component({
  kind: "errorHandler",
  type: "CompositeErrorHandler",
  description: "Several error handlers: the first whose filters know an answer decides.",
  schema: (slot, z) =>
    z.object({
      error_handlers: z
        .array(slot("errorHandler"))
        .describe("Asked in order; the retries of the first count, and the backoff strategies of all."),
    }),
  create({ error_handlers }, scope): ErrorHandler {
    const handlers = error_handlers.map((handler) => scope.build(handler));
    const [first] = handlers;
    if (first === undefined)
      throw configError("CompositeErrorHandler.error_handlers must name at least one error handler.");
    return {
      maxRetries: first.maxRetries,
      maxTime: Math.max(...handlers.map(({ maxTime }) => maxTime ?? 0)),
      backoffs: handlers.flatMap(({ backoffs }) => backoffs),
      async interpret(outcome) {
        let resolution = await first.interpret(outcome);
        for (const handler of handlers.slice(1)) {
          if (DECISIVE.has(resolution.action)) break;
          resolution = await handler.interpret(outcome);
        }
        return resolution;
      },
    };
  },
});
