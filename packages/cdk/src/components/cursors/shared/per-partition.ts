import { systemError } from "../../../errors.ts";
import { compare } from "../../../json/compare.ts";
import { truthy } from "../../../json/truthy.ts";
import { get, has, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { Cursor, Partition, PartitionRouter, Slice } from "../../../roles.ts";
import { intervalCursor, type CursorField, type Field, type IntervalCursor } from "./interval-cursor.ts";
import { parentProgress } from "./parent-progress.ts";
import { partitionCursors } from "./partition-cursors.ts";
import { partitionKey } from "./partition-key.ts";
import { incomingPartitions } from "./partitioned-state.ts";
import { recordValues } from "./record-values.ts";
import { readUntil, shrinkSlice, splitSlice } from "./stream-cursor.ts";

export interface PartitionedOptions<V> {
  readonly cursorField: CursorField<V>;
  /** The whole field; asked for when there is a partition, since its templates may fail. */
  readonly field: () => Field<V>;
  /** The state so many seconds earlier. */
  readonly lookBack: (state: JsonObject, seconds: number) => JsonObject;
  readonly router: PartitionRouter;
  readonly incoming: JsonObject;
  /** Whether one value stands for all partitions. */
  readonly global: boolean;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** More partitions than this, and one value stands for all of them. */
  readonly mostWithState?: number;
  /** No more partitions than this are kept in memory. */
  readonly mostKept?: number;
}

interface Open<V> {
  readonly key: string;
  readonly sequence: number;
  readonly cursor: IntervalCursor<V>;
  /** Slices made and not yet closed. */
  pending: number;
  /** Whether its last slice is made. */
  whole: boolean;
}

/** Milliseconds between two states. */
const pause = 600_000;

/** The cursor of a partitioned stream: a cursor for each partition, and one value for those that come anew. */
export function perPartitionCursor<V>(options: PartitionedOptions<V>): Cursor {
  const { cursorField, router, clock, mostWithState = 10_000, mostKept = 25_000 } = options;
  const { name, scale, stream, log } = cursorField;
  const incoming = incomingPartitions(cursorField, options.incoming, options.global);
  const cursors = partitionCursors<V>(mostKept);
  for (const { key, state } of incoming.partitions) cursors.add(key, intervalCursor(options.field(), state));
  const values = recordValues(cursorField);
  const parents = parentProgress();
  const open = new Map<string, Open<V>>();
  const openOf = new WeakMap<JsonObject, Open<V>>();
  const finished = new WeakSet<IntervalCursor<V>>();
  let { global, start, lookback, parentState } = incoming;
  /** The greatest value seen, spelled as in the state; to be the next run's start of new partitions. */
  let newest = start;
  let sequences = 0;
  /** The first partition with nothing to read. As in the reference it holds back the parents' state until the end. */
  let unread: number | undefined;
  let begun = 0;
  let sent: number | undefined;
  let observed = false;
  let told = false;
  let beginner: IntervalCursor<V> | undefined;
  let written: JsonObject | undefined;

  const beginningState = (): JsonObject => {
    if (start === undefined) return {};
    return lookback > 0 ? options.lookBack({ [name]: start }, lookback) : { [name]: start };
  };
  const begin = (): IntervalCursor<V> => intervalCursor(options.field(), beginningState());
  const advance = (value: Json | undefined): void => {
    if (value !== undefined && (newest === undefined || compare(newest, value) < 0)) newest = value;
  };
  const find = (slice: Slice): Open<V> | undefined =>
    openOf.get(slice.partition) ?? open.get(partitionKey(slice.partition));

  function* slicesOf({ partition, extra }: Partition, ofParents: JsonObject | undefined): Generator<Slice> {
    if (!global && cursors.added > mostWithState) {
      log("INFO", `Stream ${stream} has more than ${mostWithState} partitions: its state becomes one value for all.`);
      global = true;
    }
    cursors.makeRoom((key) => open.has(key));
    written = undefined;
    const key = partitionKey(partition);
    let cursor = cursors.get(key);
    if (cursor === undefined) cursors.add(key, (cursor = begin()));
    if (open.has(key) || finished.has(cursor)) {
      if (!told) log("WARN", `Stream ${stream}: a partition came twice. It is read once.`);
      told = true;
      return;
    }
    for (const border of options.field().borders) if (has(partition, border)) throw sameName(stream, border);
    const place: Open<V> = { key, sequence: sequences++, cursor, pending: 0, whole: false };
    open.set(key, place);
    openOf.set(partition, place);
    if (unread === undefined) parents.made(place.sequence, ofParents);
    for (const [interval, isLast] of withLast(cursor.windows())) {
      place.pending++;
      place.whole = isLast;
      yield { partition, interval, extra };
    }
    if (place.pending === 0 && !place.whole) {
      unread ??= place.sequence;
      leave(place);
    }
  }

  function leave(place: Open<V>): void {
    open.delete(place.key);
    finished.add(place.cursor);
  }

  function close(slice: Slice): JsonObject | undefined {
    const place = find(slice);
    if (place === undefined) throw systemError(`A slice of stream ${stream} was closed that is not open.`, { stream });
    written = undefined;
    place.pending--;
    const isDone = place.whole && place.pending === 0;
    if (!global) {
      place.cursor.close(slice);
      if (isDone) advance(get(place.cursor.state(), name));
    }
    if (isDone) leave(place);
    const [first] = open.values();
    parentState = parents.reached(least(first?.sequence, unread)) ?? parentState;
    const now = clock();
    if (sent !== undefined && now - sent <= pause) return undefined;
    sent = now;
    return global && !truthy(parentState ?? null) ? undefined : state();
  }

  function state(): JsonObject {
    return (written ??= {
      use_global_cursor: global,
      ...(!global && { states: cursors.states() }),
      ...(start !== undefined && { state: { [name]: start } }),
      lookback_window: lookback,
      ...(parentState !== undefined && { parent_state: parentState }),
    });
  }

  return {
    fields: [name],
    cursorField: name,
    async *slices() {
      begun = clock();
      // As in the reference a partition is given once the next one is there: a parent that fails takes its last one along.
      let held: readonly [Partition, JsonObject | undefined] | undefined;
      for await (const partition of router.partitions()) {
        if (held !== undefined) yield* slicesOf(...held);
        held = [partition, router.state()];
      }
      if (held !== undefined) yield* slicesOf(...held);
    },
    observe(slice, batch) {
      const place = find(slice);
      let last: V | undefined;
      values.each(batch, (value) => {
        observed = true;
        if (value === last) return;
        last = value;
        advance(scale.write(value));
        place?.cursor.note(slice, value);
      });
    },
    includes(record, slice) {
      const value = values.of(record);
      if (value === undefined) return true;
      const kept = global ? undefined : (find(slice)?.cursor ?? cursors.get(partitionKey(slice.partition)));
      return (kept ?? (beginner ??= begin())).includes(value);
    },
    close,
    finish() {
      written = undefined;
      if ([...open.values()].every(({ pending }) => pending === 0)) {
        if (observed) {
          start = newest;
          lookback = Math.ceil((clock() - begun) / 1000);
        }
        parentState = router.state();
      }
      return state();
    },
    state,
    until(from) {
      const value = get(from, "state");
      return value !== undefined && isObject(value) && truthy(value) ? readUntil(cursorField, value) : undefined;
    },
    split: (slice, minimum) => splitSlice(options.field(), slice, minimum),
    shrink: (slice, last) =>
      shrinkSlice(options.field(), slice, find(slice)?.cursor.newest(slice), last && values.of(last)),
  };
}

function sameName(stream: string, border: string): Error {
  return systemError(
    `Stream ${stream}: both its partitions and its cursor name "${border}". Choose another partition field, or another ` +
      `partition_field_start and partition_field_end.`,
    { stream },
  );
}

function least(...numbers: readonly (number | undefined)[]): number | undefined {
  const given = numbers.filter((number) => number !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

function* withLast<Item>(items: Iterable<Item>): Generator<readonly [item: Item, isLast: boolean]> {
  let held: { readonly item: Item } | undefined;
  for (const item of items) {
    if (held !== undefined) yield [held.item, false];
    held = { item };
  }
  if (held !== undefined) yield [held.item, true];
}
