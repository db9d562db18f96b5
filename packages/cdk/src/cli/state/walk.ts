import {
  copy,
  entries,
  fromEntries,
  get,
  isList,
  isObject,
  set,
  type Json,
  type JsonObject,
} from "../../json/value.ts";
import type { CursorWords } from "./cursors.ts";

/** A cursor's value within the state of a stream. */
export interface CursorValue {
  /** Where it stands, such as `states.0.cursor.updated_at`. */
  readonly place: string;
  /** The stream whose cursor it is: the stream itself, or a parent that keeps its state there. */
  readonly stream: string;
  /** The member that holds it; `start` and `end` are those of an interval. */
  readonly key: string;
  readonly value: Json;
}

type Known = ReadonlyMap<string, CursorWords | undefined>;

/**
 * The state with each cursor's value as `change` gives it: of the stream, of its partitions, of its intervals and of its
 * parents. Where the cursor's field is not known, all that stands where a cursor's value may stand is one.
 */
export function mapCursors(
  stream: string,
  state: JsonObject,
  known: Known,
  change: (value: CursorValue) => Json,
  place = "",
): JsonObject {
  const field = known.get(stream)?.field;
  const at = (key: string | number): string => (place === "" ? String(key) : `${place}.${key}`);
  const inner = (key: string, value: Json): Json =>
    isObject(value) ? mapCursors(stream, value, known, change, at(key)) : value;

  return fromEntries(
    entries(state).map(([key, value]): [string, Json] => {
      if (key === "state") return [key, inner(key, value)];
      if (key === "parent_state") return [key, isObject(value) ? parents(value) : value];
      if (key === "states" && isList(value))
        return [key, value.map((entry, index) => partition(entry, `states.${index}`))];
      if (key === "slices" && isList(value))
        return [key, value.map((slice, index) => interval(slice, `slices.${index}`))];
      const isCursor = field === undefined ? !OTHERS.has(key) && !isNested(value) : key === field;
      return [key, isCursor ? change({ place: at(key), stream, key, value }) : value];
    }),
  );

  function parents(states: JsonObject): JsonObject {
    return fromEntries(
      entries(states).map(([name, value]): [string, Json] => [
        name,
        isObject(value) ? mapCursors(name, value, known, change, at(`parent_state.${name}`)) : value,
      ]),
    );
  }
  function partition(entry: Json, name: string): Json {
    const cursor = isObject(entry) ? get(entry, "cursor") : undefined;
    if (!isObject(entry) || cursor === undefined || !isObject(cursor)) return entry;
    const changed = copy(entry);
    set(changed, "cursor", mapCursors(stream, cursor, known, change, at(`${name}.cursor`)));
    return changed;
  }
  function interval(slice: Json, name: string): Json {
    if (!isObject(slice)) return slice;
    return fromEntries(
      entries(slice).map(([key, value]): [string, Json] => [
        key,
        change({ place: at(`${name}.${key}`), stream, key, value }),
      ]),
    );
  }
}

/** Members of a state that are no cursor's. */
const OTHERS: ReadonlySet<string> = new Set([
  "state_type",
  "use_global_cursor",
  "lookback_window",
  "legacy",
  "__ab_no_cursor_state_message",
]);

const isNested = (value: Json): boolean => isObject(value) || isList(value);

/** All values of cursors in a state. */
export function cursorValues(stream: string, state: JsonObject, known: Known): CursorValue[] {
  const found: CursorValue[] = [];
  mapCursors(stream, state, known, (value) => {
    found.push(value);
    return value.value;
  });
  return found;
}
