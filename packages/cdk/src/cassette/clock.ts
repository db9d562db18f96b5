/** The clock of a replay: it stands where the recorded run began, and runs on from there. */
export interface ReplayClock {
  /** Puts it forward, as if so many seconds had been waited for. */
  advance(seconds: number): void;
  /** Gives the process its own clock back. */
  restore(): void;
}

/**
 * Sets the clock of this process, as `Date` tells it to everybody: the connector's own code included. Timers run as ever,
 * and so does `performance.now()`. Clocks that are set one within another are restored in the reverse order.
 * @param time milliseconds since 1970
 */
export function setClock(time: number): ReplayClock {
  const System = globalThis.Date;
  let offset = time - System.now();
  const now = (): number => System.now() + offset;
  const Shifted: DateConstructor = new Proxy(System, {
    construct: (target, args: unknown[], made): Date =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, made === Shifted ? target : made) as Date, // a Date's own
    apply: () => new System(now()).toString(),
    get: (target, name) => (name === "now" ? now : (Reflect.get(target, name, target) as unknown)),
  });
  globalThis.Date = Shifted;
  return {
    advance: (seconds) => void (offset += seconds * 1000),
    restore() {
      globalThis.Date = System;
    },
  };
}
