import { systemError } from "../../../errors.ts";
import { printJson } from "../../../json/print.ts";
import { get, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { Interval } from "./intervals.ts";
import { latest, type Scale } from "./scale.ts";

/** What a state says was read before. */
export interface Synced<V> {
  readonly intervals: readonly Interval<V>[];
  /** From where records are new. */
  readonly start: V;
  /** Members of the state that are kept as they are. */
  readonly others: JsonObject;
}

const types: readonly (Json | undefined)[] = ["date-range", "integer"];

/** Whether a state lists intervals; else it holds one value under the cursor field's name. */
const listsIntervals = (state: JsonObject): boolean => types.includes(get(state, "state_type"));

/** The value up to which a state says everything was read, as it stands there. */
export function syncedValue(state: JsonObject, cursorField: string): Json | undefined {
  if (!listsIntervals(state)) return get(state, cursorField);
  const [first] = intervalsOf(state);
  return first === undefined ? undefined : (get(first, "most_recent_cursor_value") ?? get(first, "end"));
}

/**
 * Reads a state of the platform.
 * @param start where reading starts without a state, and at the earliest with one
 */
export function readState<V>(
  stream: string,
  scale: Scale<V>,
  cursorField: string,
  start: V,
  state: JsonObject,
): Synced<V> {
  const value = (holder: JsonObject, key: string): V | undefined => {
    const given = get(holder, key);
    if (given === undefined || given === null) return undefined;
    const read = scale.read(given);
    if (read === undefined) throw unreadable(stream, key, given);
    return read;
  };
  if (!listsIntervals(state)) {
    const mark = value(state, cursorField);
    const from = mark !== undefined && scale.isSet(mark) ? latest(scale, mark, start) : start;
    return { intervals: [{ start, end: from, newest: from }], start: from, others: state };
  }
  const intervals = intervalsOf(state).map((interval): Interval<V> => {
    const [first, last] = [value(interval, "start"), value(interval, "end")];
    if (first === undefined || last === undefined) throw unreadable(stream, "slices", interval);
    return { start: first, end: last, newest: value(interval, "most_recent_cursor_value") };
  });
  const [first] = intervals;
  if (first === undefined) return readState(stream, scale, cursorField, start, {});
  const mark = first.newest ?? first.end;
  const others = get(state, "legacy");
  return {
    intervals,
    start: scale.isSet(mark) ? mark : start,
    others: isObject(others) ? others : {},
  };
}

function intervalsOf(state: JsonObject): readonly JsonObject[] {
  const slices = get(state, "slices");
  return Array.isArray(slices) ? (slices as readonly Json[]).filter((slice) => isObject(slice)) : [];
}

function unreadable(stream: string, key: string, value: Json): Error {
  return systemError(
    `The state of stream ${stream} has ${printJson(value)} as its "${key}", which the cursor cannot read. ` +
      `Correct the state, or reset the stream.`,
    { stream, code: "state-unreadable" },
  );
}
