import { jsonType } from "../json/json-type.ts";
import { entries, isList, isObject, type Json, type JsonObject } from "../json/value.ts";
import { formatOf } from "./formats.ts";
import { createUniqueness, type Uniqueness } from "./uniqueness.ts";

/** What is known of one place of records. */
export interface FieldSample {
  /** How often it was there, null or not. */
  readonly count: number;
  readonly nulls: number;
  /** How often the object that it is in was there. */
  readonly chances: number;
  readonly types: ReadonlyMap<string, number>;
  /** Formats of texts, "" for none. */
  readonly formats: ReadonlySet<string>;
  /** The different texts and how often each was there; undefined where there are too many. */
  readonly values: ReadonlyMap<string, number> | undefined;
  readonly members: ReadonlyMap<string, FieldSample>;
  readonly items: FieldSample | undefined;
  /** Only of the top level. */
  readonly uniqueness: Uniqueness | undefined;
}

/** Collects what records are like; its memory does not grow with their number. */
export interface RecordSample {
  note(record: JsonObject): void;
  readonly root: FieldSample;
}

/** More different texts than so many are no enumeration. */
const MOST_VALUES = 16;

interface Seen {
  count: number;
  nulls: number;
  readonly holder: Seen | undefined;
  readonly chances: number;
  readonly types: Map<string, number>;
  readonly formats: Set<string>;
  values: Map<string, number> | undefined;
  readonly members: Map<string, Seen>;
  items: Seen | undefined;
  readonly uniqueness: Uniqueness | undefined;
}

export function createRecordSample(): RecordSample {
  const root = nothing(undefined, false);
  return { root, note: (record) => note(root, record, true) };
}

function nothing(holder: Seen | undefined, isTop: boolean): Seen {
  return {
    count: 0,
    nulls: 0,
    holder,
    get chances() {
      return holder === undefined ? this.count : (holder.types.get("object") ?? 0);
    },
    types: new Map(),
    formats: new Set(),
    values: new Map(),
    members: new Map(),
    items: undefined,
    uniqueness: isTop ? createUniqueness() : undefined,
  };
}

function note(seen: Seen, value: Json, isRecord = false): void {
  seen.count++;
  if (value === null) {
    seen.nulls++;
    return;
  }
  const type = jsonType(value);
  seen.types.set(type, (seen.types.get(type) ?? 0) + 1);
  if (isList(value)) {
    for (const item of value) note((seen.items ??= nothing(undefined, false)), item);
  } else if (isObject(value)) {
    for (const [key, member] of entries(value)) {
      let known = seen.members.get(key);
      if (known === undefined) seen.members.set(key, (known = nothing(seen, isRecord)));
      note(known, member);
    }
  } else {
    seen.uniqueness?.note(value);
    if (typeof value === "string") noteText(seen, value);
  }
}

function noteText(seen: Seen, text: string): void {
  // Once a text has no format there is none to look for.
  if (!seen.formats.has("")) seen.formats.add(formatOf(text));
  if (seen.values === undefined) return;
  if (text.length > 60) seen.values = undefined;
  else {
    seen.values.set(text, (seen.values.get(text) ?? 0) + 1);
    if (seen.values.size > MOST_VALUES) seen.values = undefined;
  }
}
