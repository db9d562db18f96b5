import type { FailureType } from "../errors.ts";
import { failed } from "./failure-messages.ts";
import { isHttpFailure } from "./failure.ts";
import { createRefresh } from "./refresh-token.ts";
import type { ErrorHandling, RetryPolicy } from "./retry-policy.ts";
import type { HttpFailure, HttpRequest, HttpResponse, Outcome, Send, SendOptions } from "./types.ts";

/** Thrown by an attempt that is to be made again. */
export interface Demand {
  readonly demand: "retry";
  /** Seconds that a backoff strategy states. */
  readonly wait: number | undefined;
  readonly isRateLimit: boolean;
  readonly message: string;
  readonly failureType: FailureType | undefined;
  readonly status: number | undefined;
}

export const isDemand = (error: unknown): error is Demand =>
  typeof error === "object" && error !== null && "demand" in error;

/** Seconds to wait where another credential can serve the retry; no zero, lest a mistaken one makes a hot loop. */
const ROTATION_WAIT = 0.1;

/** One try after the other at one request, each with fresh credentials. */
export function createAttempt(
  send: Send,
  policy: RetryPolicy,
  request: HttpRequest,
  options: SendOptions,
): () => Promise<Outcome> {
  const { handler, credentials, log } = policy;
  let refresh: ReturnType<typeof createRefresh> | undefined;
  let attempts = 0;
  return async () => {
    attempts++;
    const signed = credentials === undefined ? request : await credentials.apply(request);
    const outcome = await sendOrFail(send, signed, options);
    const response = isHttpFailure(outcome) ? undefined : outcome;
    if (response !== undefined && !response.fromCache) observe(policy, signed, response);
    const resolution = await handler.interpret(outcome);
    if (response !== undefined) await policy.answered?.(response, resolution.action);
    switch (resolution.action) {
      case "SUCCESS":
      case "IGNORE":
        if (resolution.action === "IGNORE") log("INFO", resolution.message ?? ignored(signed, outcome));
        // An error's body is no one's to read.
        if (response !== undefined && response.status >= 400) await response.discard();
        return { action: resolution.action, response };
      case "RESET_PAGINATION":
        await response?.discard();
        return { action: "RESET_PAGINATION" };
      case "REDUCE_PAGE_SIZE":
      case "SPLIT_REQUEST_WINDOW":
        await response?.discard();
        return { action: resolution.action, message: resolution.message, failureType: resolution.failureType };
      case "FAIL": {
        const error = await failed(policy.stream, signed, outcome, resolution);
        log("ERROR", error.internal ?? error.message);
        throw error;
      }
      case "REFRESH_TOKEN_THEN_RETRY":
        await (refresh ??= createRefresh(policy, request))(signed, outcome, resolution);
        break;
      case "RATE_LIMITED":
      case "RETRY":
        break;
    }
    const isRateLimit = resolution.action === "RATE_LIMITED";
    const rotates = isRateLimit && hasAlternative(policy, signed);
    // Asked first: the wait that a strategy reads off the answer is that of the credential just refused.
    let wait: number | undefined;
    try {
      wait = rotates ? ROTATION_WAIT : await statedWait(handler, outcome, attempts);
    } finally {
      // Also where the wait is longer than what is allowed, and the stream fails of it.
      if (isRateLimit) policy.rateLimited(rotates ? undefined : wait);
    }
    await response?.discard();
    throw {
      demand: "retry",
      wait,
      isRateLimit,
      message: resolution.message ?? described(signed, outcome),
      failureType: resolution.failureType,
      status: response?.status,
    } satisfies Demand;
  };
}

async function sendOrFail(send: Send, request: HttpRequest, options: SendOptions): Promise<HttpResponse | HttpFailure> {
  try {
    return await send(request, options);
  } catch (error) {
    if (isHttpFailure(error)) return error;
    throw error;
  }
}

async function statedWait(
  { backoffs }: ErrorHandling,
  outcome: HttpResponse | HttpFailure,
  attempts: number,
): Promise<number | undefined> {
  for (const backoff of backoffs) {
    const seconds = await backoff(outcome, attempts);
    if (seconds !== undefined && seconds !== 0 && Number.isFinite(seconds)) return seconds;
  }
  return undefined;
}

/** Keeping count of quotas never turns a good answer into a failure. */
function observe({ credentials, log }: RetryPolicy, request: HttpRequest, response: HttpResponse): void {
  try {
    credentials?.observe?.(request, response);
  } catch (error) {
    log(
      "WARN",
      `The authenticator could not read an answer's rate limit, so it may choose its token badly: ${String(error)}`,
    );
  }
}

function hasAlternative({ credentials, log }: RetryPolicy, request: HttpRequest): boolean {
  try {
    return credentials?.hasAlternative?.(request) ?? false;
  } catch (error) {
    log("DEBUG", `The authenticator cannot tell whether another token is left: ${String(error)}`);
    return false; // waiting is always right
  }
}

const described = ({ method, url }: HttpRequest, outcome: HttpResponse | HttpFailure): string =>
  isHttpFailure(outcome) ? outcome.message : `${method} ${url} was answered with status ${outcome.status}.`;

const ignored = (request: HttpRequest, outcome: HttpResponse | HttpFailure): string =>
  `Ignored: ${described(request, outcome)}`;
