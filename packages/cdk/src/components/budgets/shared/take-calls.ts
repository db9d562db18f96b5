import { systemError } from "../../../errors.ts";
import { sleep } from "../../../http/sleep.ts";
import type { HttpRequest } from "../../../http/types.ts";

/** Waits until `take` gives no seconds to wait any more. Of many that wait, any may come first. */
export async function takeCalls(
  { method, url }: HttpRequest,
  weight: number,
  limit: number,
  signal: AbortSignal,
  take: () => number | undefined,
): Promise<void> {
  if (weight > limit) {
    throw systemError(
      `The api_budget lets no call through: ${method} ${url.replace(/\?.*/s, "")} counts as ${weight}, the limit is ${limit}.`,
    );
  }
  for (let seconds = take(); seconds !== undefined; seconds = take()) await sleep(Math.max(seconds, 0.001), signal);
}
