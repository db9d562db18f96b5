const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls a function when a signal is aborted; gives what forgets it. One run has one signal, however many requests wait on it. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  let all = listeners.get(signal);
  if (all === undefined) {
    const added = new Set<() => void>();
    signal.addEventListener("abort", () => {
      for (const each of added) each();
    });
    listeners.set(signal, (all = added));
  }
  const known = all;
  known.add(listener);
  return () => known.delete(listener);
}
