import type { Transport } from "../../http/types.ts";
import type { Observe } from "../../roles/observe.ts";

/** Something that looks on while a verb runs: a trace, a recording, a progress display. */
export interface Watcher {
  readonly transport?: Transport | undefined;
  readonly observe?: Observe | undefined;
  /** Called once the verb has ended, however it did. */
  end?(): void | Promise<void>;
}

/** All of them as one: the first stands nearest to the network. */
export function watchedBy(watchers: readonly Watcher[]): Watcher {
  const transports = watchers.flatMap(({ transport }) => (transport === undefined ? [] : [transport]));
  const observers = watchers.flatMap(({ observe }) => (observe === undefined ? [] : [observe]));
  return {
    transport:
      transports.length === 0
        ? undefined
        : (exchange) => transports.reduce((inner, transport) => transport(inner), exchange),
    observe:
      observers.length === 0
        ? undefined
        : (observation) => {
            for (const observe of observers) observe(observation);
          },
    async end() {
      for (const watcher of watchers) await watcher.end?.();
    },
  };
}
