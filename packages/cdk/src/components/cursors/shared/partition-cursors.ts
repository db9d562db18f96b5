import type { JsonObject } from "../../../json/value.ts";
import type { IntervalCursor } from "./interval-cursor.ts";
import { partitionOf } from "./partition-key.ts";

/** The cursors of a stream's partitions, the oldest first, up to a number of them. */
export interface PartitionCursors<V> {
  get(key: string): IntervalCursor<V> | undefined;
  add(key: string, cursor: IntervalCursor<V>): void;
  /** How many were ever added. */
  readonly added: number;
  /** Makes room for one more: a partition that is not open goes first. */
  makeRoom(isOpen: (key: string) => boolean): void;
  /** As the state lists them. */
  states(): readonly JsonObject[];
}

export function partitionCursors<V>(most: number): PartitionCursors<V> {
  const entries = new Map<
    string,
    { readonly cursor: IntervalCursor<V>; partition?: JsonObject; written?: JsonObject }
  >();
  let added = 0;
  return {
    get: (key) => entries.get(key)?.cursor,
    add(key, cursor) {
      entries.set(key, { cursor });
      added++;
    },
    get added() {
      return added;
    },
    makeRoom(isOpen) {
      while (entries.size > most - 1) {
        let oldest: string | undefined;
        for (const key of entries.keys()) {
          oldest ??= key;
          if (isOpen(key)) continue;
          oldest = key;
          break;
        }
        if (oldest === undefined) return;
        entries.delete(oldest);
      }
    },
    states() {
      const states: JsonObject[] = [];
      for (const [key, entry] of entries) {
        const cursor = entry.cursor.state();
        if (entry.written?.["cursor"] !== cursor) {
          entry.written = { partition: (entry.partition ??= partitionOf(key)), cursor };
        }
        states.push(entry.written);
      }
      return states;
    },
  };
}
