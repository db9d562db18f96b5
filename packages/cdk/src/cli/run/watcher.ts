import { routeFetch } from "../../cassette/fetch.ts";
import type { Tapes } from "../../entrypoint/taped.ts";
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

/** Does the work of a verb while it is looked on, and ends that. */
export async function whileWatched<T>(watcher: Watcher, { record, replay }: Tapes, work: () => Promise<T>): Promise<T> {
  // Sources in code may use it: what looks on is to see that as well, as it does where the run is taped.
  const isTaped = record !== undefined || replay !== undefined;
  const unroute = watcher.transport === undefined || isTaped ? undefined : routeFetch(watcher.transport);
  try {
    return await work();
  } finally {
    unroute?.();
    await watcher.end?.();
  }
}
