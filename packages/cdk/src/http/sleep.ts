/** Waits some seconds. An abort ends the wait with the signal's reason. */
export type Sleep = (seconds: number, signal: AbortSignal) => Promise<void>;

/** The longest that one timer can run. */
const LONGEST = 2 ** 31 - 1;

export const sleep: Sleep = async (seconds, signal) => {
  const ended = watchers.get(signal)?.();
  try {
    await (skip === undefined ? wait(seconds, signal) : skip(seconds, signal));
  } finally {
    ended?.();
  }
};

/** Told when a wait begins. What it gives is called when the wait is over. */
export type WaitWatcher = () => () => void;
const watchers = new WeakMap<AbortSignal, WaitWatcher>();

/** Tells of all waits under a signal: a run that waits is alive, however long it is silent. */
export function watchWaits(signal: AbortSignal, watcher: WaitWatcher): void {
  watchers.set(signal, watcher);
}

let skip: Sleep | undefined;
let skipped = 0;

/**
 * Lets waits of this process take no time, as where a recorded run is played again: the clocks go on by as much instead.
 * @param passed told how many seconds went by
 * @returns a function that ends this
 */
export function skipWaits(passed: (seconds: number) => void): () => void {
  const before = skip;
  skip = async (seconds, signal) => {
    signal.throwIfAborted();
    skipped += seconds;
    passed(seconds);
    await new Promise((resolve) => setImmediate(resolve)); // whoever else can go on does
    signal.throwIfAborted();
  };
  return () => void (skip = before);
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  const end = monotonicSeconds() + seconds;
  for (let left = seconds * 1000; left > 0; left = (end - monotonicSeconds()) * 1000) {
    await pause(Math.min(left, LONGEST), signal);
  }
  signal.throwIfAborted();
}

/** Seconds on a clock that no one sets; only differences mean something. */
export const monotonicSeconds = (): number => performance.now() / 1000 + skipped;

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
