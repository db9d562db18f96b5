import type { HttpRequest, HttpResponse, Send } from "./types.ts";

/** A bound of calls; an `ApiBudget` is one. */
export interface CallBudget {
  /** Waits until the request may go. */
  acquire(request: HttpRequest, signal: AbortSignal): Promise<void>;
  observe(request: HttpRequest, response: HttpResponse): void;
}

/** Holds requests back until the budget has a call for them, and shows it the answers. */
export function withBudget(send: Send, budget: CallBudget | undefined): Send {
  if (budget === undefined) return send;
  return async (request, options) => {
    await budget.acquire(request, options.signal);
    const response = await send(request, options);
    budget.observe(request, response);
    return response;
  };
}
