import { DateTime } from "../../../datetime/datetime.ts";
import { truthy } from "../../../json/truthy.ts";
import { copy, set, type JsonObject } from "../../../json/value.ts";
import type { Cursor, Slice } from "../../../roles.ts";
import { syncedValue } from "./incoming-state.ts";
import { intervalCursor, readWindow, writeWindow, type CursorField, type Field } from "./interval-cursor.ts";
import { recordValues } from "./record-values.ts";
import { latest } from "./scale.ts";

/** The cursor of a stream without partitions: a state after each slice, and one more at the end. */
export function streamCursor<V>(field: Field<V>, incoming: JsonObject): Cursor {
  const intervals = intervalCursor(field, incoming);
  const values = recordValues(field);
  return {
    fields: [field.name],
    cursorField: field.name,
    async *slices() {
      for (const interval of intervals.windows()) yield { partition: {}, interval, extra: {} };
    },
    observe: (slice, batch) => values.each(batch, (value) => intervals.note(slice, value)),
    includes(record) {
      const value = values.of(record);
      return value === undefined || intervals.includes(value);
    },
    close: (slice) => (intervals.close(slice) ? intervals.state() : undefined),
    finish: () => intervals.state(),
    state: () => intervals.state(),
    until: (state) => readUntil(field, state),
    split: (slice, minimum) => splitSlice(field, slice, minimum),
    shrink: (slice, last) => shrinkSlice(field, slice, intervals.newest(slice), last && values.of(last)),
  };
}

/** Until when the stream was read, by a state that holds one value or lists intervals. */
export function readUntil<V>({ scale, name }: CursorField<V>, state: JsonObject): DateTime | undefined {
  const value = syncedValue(state, name);
  const read = value === undefined || !truthy(value) ? undefined : scale.read(value);
  return read instanceof DateTime ? read : undefined;
}

export function splitSlice<V>(field: Field<V>, slice: Slice, minimum: string | undefined): Slice[] | undefined {
  const windows = field.range.halve?.(readWindow(field, slice), minimum);
  return windows?.map((window) => ({ ...slice, interval: writeWindow(field.scale, field.borders, window) }));
}

/** What is left of a slice after its newest record; the slice itself when there was none. */
export function shrinkSlice<V>({ scale, borders }: Field<V>, slice: Slice, ...seen: readonly (V | undefined)[]): Slice {
  let newest: V | undefined;
  for (const value of seen)
    if (value !== undefined) newest = newest === undefined ? value : latest(scale, newest, value);
  if (newest === undefined) return slice;
  const interval = copy(slice.interval);
  set(interval, borders[0], scale.write(newest));
  return { ...slice, interval };
}
