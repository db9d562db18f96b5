/** The jobs that may run at once, of all streams together. */
export interface JobSlots {
  /** Takes one, if one is free. */
  take(): boolean;
  free(): void;
  /** Settles when one is free. */
  freed(): Promise<void>;
}

export function createJobSlots(limit: number): JobSlots {
  let taken = 0;
  let waiting: (() => void)[] = [];
  return {
    take() {
      if (taken >= limit) return false;
      taken++;
      return true;
    },
    free() {
      taken--;
      for (const wake of waiting.splice(0)) wake();
    },
    freed: () => (taken < limit ? Promise.resolve() : new Promise((resolve) => (waiting = [...waiting, resolve]))),
  };
}
