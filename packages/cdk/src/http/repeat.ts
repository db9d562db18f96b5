/** When and after which wait something is tried again. */
export interface Repetition {
  /** Whether this error is one to try again after. */
  catches(error: unknown): boolean;
  readonly maxTries: number;
  /** Seconds since the first try, after which no other is begun; undefined for no bound. */
  readonly maxTime?: number | undefined;
  /** Waits before the next try. `left`: seconds that `maxTime` leaves, counted from the start of the try that failed. */
  wait(error: unknown, tries: number, left: number): Promise<void>;
}

/**
 * Tries again as the reference's `backoff` library does: the time spent is looked at before a try, not after it.
 * @param begun when the first try of the first call began, where that was before the call
 */
export function repeating<T>(
  attempt: () => Promise<T>,
  rule: Repetition,
  clock: () => number,
  begun?: number,
): () => Promise<T> {
  return async () => {
    const start = begun ?? clock();
    begun = undefined;
    for (let tries = 1; ; tries++) {
      const elapsed = tries === 1 ? 0 : clock() - start;
      try {
        return await attempt();
      } catch (error) {
        if (!rule.catches(error) || tries >= rule.maxTries) throw error;
        const left = rule.maxTime === undefined ? Infinity : rule.maxTime - elapsed;
        if (left <= 0) throw error;
        await rule.wait(error, tries, left);
      }
    }
  };
}
