/** Waits some seconds. An abort ends the wait with the signal's reason. */
export type Sleep = (seconds: number, signal: AbortSignal) => Promise<void>;

/** The longest that one timer can run. */
const LONGEST = 2 ** 31 - 1;

export const sleep: Sleep = async (seconds, signal) => {
  const end = monotonicSeconds() + seconds;
  for (let left = seconds * 1000; left > 0; left = (end - monotonicSeconds()) * 1000) {
    await pause(Math.min(left, LONGEST), signal);
  }
  signal.throwIfAborted();
};

/** Seconds on a clock that no one sets; only differences mean something. */
export const monotonicSeconds = (): number => performance.now() / 1000;

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error); // whatever the caller aborted with
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error); // as above
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
