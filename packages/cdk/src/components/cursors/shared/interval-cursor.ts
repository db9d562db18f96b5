import { systemError } from "../../../errors.ts";
import { copy, get, set, type JsonObject } from "../../../json/value.ts";
import type { Slice } from "../../../roles.ts";
import { readState } from "./incoming-state.ts";
import { mergeIntervals, syncedUntil } from "./intervals.ts";
import { latest, type Scale } from "./scale.ts";
import { missingWindows, type Range, type Window } from "./windows.ts";

/** The field of a stream's records that tells what is new. */
export interface CursorField<V> {
  readonly stream: string;
  readonly name: string;
  readonly scale: Scale<V>;
  readonly log: (level: "INFO" | "WARN", message: string) => void;
}

/** The field, and how it cuts the stream to slices; all partitions share it. */
export interface Field<V> extends CursorField<V> {
  /** Names of a window's borders in a slice. */
  readonly borders: readonly [start: string, end: string];
  /** Whether a slice counts as read up to its border; else up to its newest record only. */
  readonly readToBorder: boolean;
  readonly range: Range<V>;
}

/** Keeps what was read of one partition, or of a stream without partitions. */
export interface IntervalCursor<V> {
  /** What is left to read, as slices name it. */
  windows(): Iterable<JsonObject>;
  /** A record of the slice has this value. */
  note(slice: Slice, value: V): void;
  newest(slice: Slice): V | undefined;
  /** Whether a record with this value is new. */
  includes(value: V): boolean;
  /** The slice was read whole. Whether that changed the state. */
  close(slice: Slice): boolean;
  /** Not to be changed; another object once it is another state. */
  state(): JsonObject;
}

export function intervalCursor<V>(field: Field<V>, state: JsonObject): IntervalCursor<V> {
  const { scale, range, borders } = field;
  const synced = readState(field.stream, scale, field.name, range.start, state);
  let intervals = synced.intervals;
  const newest = new WeakMap<Slice, V>();
  let floor: V | undefined;
  let written: JsonObject | undefined;

  return {
    *windows() {
      intervals = mergeIntervals(scale, intervals);
      for (const window of missingWindows(scale, range, intervals)) yield writeWindow(scale, borders, window);
    },
    note(slice, value) {
      const before = newest.get(slice);
      if (before === undefined || scale.compare(before, value) < 0) newest.set(slice, value);
    },
    newest: (slice) => newest.get(slice),
    includes(value) {
      floor ??= lowestToSync(scale, range, synced.start);
      return scale.compare(floor, value) <= 0 && scale.compare(value, range.end()) <= 0;
    },
    close(slice) {
      const last = newest.get(slice);
      newest.delete(slice);
      if (field.readToBorder) {
        const [start, end] = readWindow(field, slice);
        intervals = mergeIntervals(scale, [...intervals, { start, end, newest: last }]);
      } else {
        if (last === undefined || !scale.isSet(last)) return false;
        intervals = mergeIntervals(scale, [...intervals, { start: synced.start, end: last, newest: last }]);
      }
      written = undefined;
      return true;
    },
    state: () => (written ??= writeState(scale, field.name, synced.others, syncedUntil(scale, intervals))),
  };
}

/** The window of a slice. */
export function readWindow<V>({ stream, scale, borders }: Field<V>, slice: Slice): Window<V> {
  const border = (name: string): V => {
    const value = get(slice.interval, name);
    const read = value === undefined ? undefined : scale.read(value);
    if (read === undefined) throw systemError(`A slice of stream ${stream} has no readable "${name}".`, { stream });
    return read;
  };
  return [border(borders[0]), border(borders[1])];
}

export function writeWindow<V>(
  scale: Scale<V>,
  borders: readonly [string, string],
  [start, end]: Window<V>,
): JsonObject {
  const interval: JsonObject = {};
  set(interval, borders[0], scale.write(start));
  set(interval, borders[1], scale.write(end));
  return interval;
}

function writeState<V>(scale: Scale<V>, name: string, others: JsonObject, until: V | undefined): JsonObject {
  const state = copy(others);
  if (until !== undefined) set(state, name, scale.write(until));
  return state;
}

/** What the last interval reads again is new too, but nothing before the configured start, or before an older state. */
function lowestToSync<V>(scale: Scale<V>, { back, start }: Range<V>, synced: V): V {
  if (back === undefined) return synced;
  const lower = back(synced) ?? synced;
  if (!scale.isSet(start)) return lower;
  return latest(scale, lower, scale.compare(start, synced) < 0 ? start : synced);
}
