import type { Stream } from "../roles.ts";

export interface Schedule {
  /** The streams in their order, each when it may start. One that has to wait is passed over. */
  streams(): AsyncIterable<Stream>;
  /** All slices of the stream are made: its parents are free again. */
  generated(stream: Stream): void;
  /** The stream is read. */
  done(stream: Stream): void;
}

/**
 * Which stream may start when. Streams of one group are never read at the same time, neither by themselves nor as
 * parents of another stream while that makes its slices.
 */
export function createSchedule(streams: readonly Stream[], groups: ReadonlyMap<string, string>): Schedule {
  const waiting = [...streams];
  const active = new Set<string>();
  let wake = (): void => {};

  const grouped = (name: string): boolean => groups.has(name);
  const blocked = ({ name, parents }: Stream): boolean => {
    const group = groups.get(name);
    if (group !== undefined && [...active].some((other) => groups.get(other) === group)) return true;
    return parents.some((parent) => grouped(parent) && active.has(parent));
  };

  return {
    async *streams() {
      while (waiting.length > 0) {
        const index = waiting.findIndex((stream) => !blocked(stream));
        if (index < 0) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const [stream] = waiting.splice(index, 1);
        if (stream === undefined) return;
        active.add(stream.name);
        for (const parent of stream.parents) if (grouped(parent)) active.add(parent);
        yield stream;
      }
    },
    generated(stream) {
      for (const parent of stream.parents) if (grouped(parent)) active.delete(parent);
      wake();
    },
    done(stream) {
      active.delete(stream.name);
      wake();
    },
  };
}
