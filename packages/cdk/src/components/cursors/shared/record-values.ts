import type { Batch } from "../../../json/rows/batch.ts";
import { get, type Json, type JsonObject } from "../../../json/value.ts";
import type { CursorField } from "./interval-cursor.ts";

/** Reads the cursor field of records. */
export interface RecordValues<V> {
  /** Visits the values of a batch, in order; records without one are passed over. */
  each(batch: Batch, visit: (value: V) => void): void;
  of(record: JsonObject): V | undefined;
}

/** Says once, of all the records without a readable value, that there are some. */
export function recordValues<V>({ stream, name, scale, log }: CursorField<V>): RecordValues<V> {
  let told = false;
  // Neighbours often share a value.
  let lastText: string | undefined;
  let last: V | undefined;

  const read = (given: Json | undefined): V | undefined => {
    if (typeof given === "string" && given === lastText) return last;
    const value = given === undefined || given === null ? undefined : scale.read(given);
    if (value === undefined && !told) {
      told = true;
      const found = given === undefined || given === null ? "is missing" : "cannot be read";
      log("WARN", `Stream ${stream}: the cursor field "${name}" ${found} in a record. Such records are taken as new.`);
    }
    if (typeof given === "string") [lastText, last] = [given, value];
    return value;
  };

  return {
    each(batch, visit) {
      for (let index = 0; index < batch.length; index++) {
        const value = read(batch.field(index, name));
        if (value !== undefined) visit(value);
      }
    },
    of: (record) => read(get(record, name)),
  };
}
