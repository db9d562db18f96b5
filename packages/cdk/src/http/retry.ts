import { transientError } from "../errors.ts";
import { createAttempt, isDemand, type Demand } from "./attempt.ts";
import { exhausted } from "./failure-messages.ts";
import { isHttpFailure } from "./failure.ts";
import { repeating } from "./repeat.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { monotonicSeconds, sleep } from "./sleep.ts";
import type { HttpRequest, Outcome, Send, SendOptions } from "./types.ts";

const DEFAULT_RETRIES = 5;
const DEFAULT_TIME = 600;

/**
 * Sends a request as often as the error handler wants it. Three loops lie in one another, each with its own count of
 * tries: innermost for waits that a backoff strategy states, then for rate limits, then for all other retries, both of
 * which wait 1, 2, 4, 8 … seconds. Only the rate limits' loop has no bound in time.
 * @throws a connector error when the answer means failure or the tries are used up, the signal's reason when aborted
 */
export function withRetry(
  send: Send,
  policy: RetryPolicy,
): (request: HttpRequest, options: SendOptions) => Promise<Outcome> {
  const { handler, log, clock = monotonicSeconds } = policy;
  const pause = policy.sleep ?? sleep;
  const retries = policy.disabled === true ? 0 : (handler.maxRetries ?? DEFAULT_RETRIES);
  const maxTries = Math.max(0, retries) + 1;
  const maxTime = handler.maxTime ?? DEFAULT_TIME;

  return async (request, options) => {
    const { signal } = options;
    const attempt = createAttempt(send, policy, request, options);
    const begun = clock();
    let failure: { readonly error: unknown } | undefined;
    try {
      return await attempt(); // nearly always all that is needed
    } catch (error) {
      failure = { error };
    }
    /** Tells of the first try's failure, and makes all others. */
    const resumed = async (): Promise<Outcome> => {
      if (failure === undefined) return attempt();
      const { error } = failure;
      failure = undefined;
      throw error;
    };
    const wait = (error: unknown, seconds: number, tries: number): Promise<void> => {
      policy.retried?.(request, options, seconds, isDemand(error) ? error.message : String(error));
      log(
        "INFO",
        `${request.method} ${request.url} is tried again in ${seconds} s (try ${tries} of ${maxTries} failed).`,
      );
      return pause(seconds, signal);
    };
    const stated = repeating(
      resumed,
      {
        catches: (error) => isDemand(error) && error.wait !== undefined,
        maxTries,
        maxTime,
        // A second more, for what a server's clock rounds off.
        wait: (error, tries) => wait(error, (error as Demand).wait! + 1, tries),
      },
      clock,
      begun,
    );
    const limited = repeating(
      stated,
      {
        catches: (error) => isDemand(error) && error.wait === undefined && error.isRateLimit,
        maxTries,
        wait: (error, tries) => wait(error, 2 ** (tries - 1), tries),
      },
      clock,
      begun,
    );
    const all = repeating(
      limited,
      {
        catches: (error) => isHttpFailure(error) || (isDemand(error) && error.wait === undefined && !error.isRateLimit),
        maxTries,
        maxTime,
        wait: (error, tries, left) => wait(error, Math.min(2 ** (tries - 1), left), tries),
      },
      clock,
      begun,
    );
    try {
      return await all();
    } catch (error) {
      if (isDemand(error)) throw exhausted(policy.stream, request, error);
      if (isHttpFailure(error)) throw transientError(error.message, { cause: error, stream: policy.stream });
      throw error;
    }
  };
}
