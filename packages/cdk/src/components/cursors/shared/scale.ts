import type { Json } from "../../../json/value.ts";

/** What the values of a cursor field are: moments in time, or counts. */
export interface Scale<V> {
  /** The value that a record or a state holds; undefined where it is none of this scale. */
  read(value: Json): V | undefined;
  /** How requests and states spell a value. */
  write(value: V): Json;
  readonly compare: (left: V, right: V) => number;
  /** Whether a value counts as one: to the reference the count 0 is none. */
  isSet(value: V): boolean;
  /** The last value that still touches an interval which ends here; undefined past the end of the scale. */
  next(value: V): V | undefined;
}

export function latest<V>({ compare }: Scale<V>, first: V, second: V): V {
  return compare(second, first) > 0 ? second : first;
}

export function earliest<V>({ compare }: Scale<V>, first: V, second: V): V {
  return compare(second, first) < 0 ? second : first;
}
