import { entries, Float, get, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";

/** What a column of a table holds. `json`: values of several kinds, or nested ones, each as JSON text. */
export type ColumnType =
  "boolean" | "int64" | "decimal" | "double" | "text" | "date" | "timestamp" | "local-timestamp" | "json";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** Finds the columns of a stream, and types that hold all of its values exactly. */
export interface ColumnFinder {
  see(record: JsonObject): void;
  /** Those of the schema in its order, then others as they came. */
  columns(): readonly Column[];
}

interface Seen {
  booleans: boolean;
  /** Digits of the longest integer; 0 for none. */
  digits: number;
  /** Whether an integer is outside of what 64 bits hold, or of what a double holds exactly. */
  beyondInt64: boolean;
  beyondDouble: boolean;
  floats: boolean;
  texts: boolean;
  dates: boolean;
  instants: boolean;
  localTimes: boolean;
  others: boolean;
}

const MOST_DIGITS = 38; // of a decimal in Parquet

export function findColumns(schema: JsonObject): ColumnFinder {
  const properties = get(schema, "properties");
  const declared: JsonObject = isObject(properties) ? properties : {};
  const seen = new Map<string, Seen>(keys(declared).map((name) => [name, nothing()]));
  return {
    see(record) {
      for (const [name, value] of entries(record)) {
        let known = seen.get(name);
        if (known === undefined) seen.set(name, (known = nothing()));
        note(known, value);
      }
    },
    columns: () => [...seen].map(([name, known]) => ({ name, type: typeOf(known, wordsOf(get(declared, name))) })),
  };
}

const nothing = (): Seen => ({
  booleans: false,
  digits: 0,
  beyondInt64: false,
  beyondDouble: false,
  floats: false,
  texts: false,
  dates: true,
  instants: true,
  localTimes: true,
  others: false,
});

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)$/;
const LOCAL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?$/;

function note(seen: Seen, value: Json): void {
  switch (typeof value) {
    case "boolean":
      seen.booleans = true;
      return;
    case "bigint":
      seen.digits = Math.max(seen.digits, String(value < 0n ? -value : value).length);
      seen.beyondDouble = true;
      if (BigInt.asIntN(64, value) !== value) seen.beyondInt64 = true;
      return;
    case "number":
      if (Number.isInteger(value)) seen.digits = Math.max(seen.digits, 1);
      else seen.floats = true;
      return;
    case "string":
      seen.texts = true;
      seen.dates &&= DATE.test(value) && isDay(value);
      seen.instants &&= INSTANT.test(value) && isTime(value);
      seen.localTimes &&= LOCAL_TIME.test(value) && isTime(value);
      return;
    default:
      if (value === null) return;
      if (value instanceof Float) seen.floats = true;
      else seen.others = true;
  }
}

/** Whether the day is in the calendar: `Date` would take the 31st of June for the first of July. */
const isDay = (text: string): boolean => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
const isTime = (text: string): boolean =>
  isDayOrNone(text.slice(0, 10)) && !Number.isNaN(Date.parse(text.replace(" ", "T")));
const isDayOrNone = (text: string): boolean => DATE.test(text) && isDay(text);

/** What a schema says of a property. */
interface Words {
  readonly types: readonly string[];
  readonly format: string | undefined;
  readonly airbyteType: string | undefined;
}

function wordsOf(schema: Json | undefined): Words {
  if (!isObject(schema ?? null)) return { types: [], format: undefined, airbyteType: undefined };
  const [type, format, airbyteType] = ["type", "format", "airbyte_type"].map((word) => get(schema as JsonObject, word));
  const types = (isList(type) ? type : [type]).filter((word) => typeof word === "string" && word !== "null");
  return {
    types: types as string[], // the others were left out
    format: typeof format === "string" ? format : undefined,
    airbyteType: typeof airbyteType === "string" ? airbyteType : undefined,
  };
}

function typeOf(seen: Seen, words: Words): ColumnType {
  const { booleans, digits, floats, texts, others } = seen;
  const numbers = digits > 0 || floats;
  const kinds = [booleans, numbers, texts, others].filter(Boolean).length;
  if (kinds === 0) return declaredType(words);
  if (kinds > 1 || others) return "json";
  if (booleans) return "boolean";
  if (texts) return textType(seen, words);
  const wantsDouble = floats || (words.types.includes("number") && !words.types.includes("integer"));
  if (wantsDouble && !seen.beyondDouble) return "double";
  if (floats) return "json";
  if (!seen.beyondInt64) return "int64";
  return digits <= MOST_DIGITS ? "decimal" : "json";
}

function textType({ dates, instants, localTimes }: Seen, { format }: Words): ColumnType {
  if (format === "date" && dates) return "date";
  if (format !== "date-time") return "text";
  if (instants) return "timestamp";
  return localTimes ? "local-timestamp" : "text";
}

/** For a column without a value. */
function declaredType({ types, format, airbyteType }: Words): ColumnType {
  if (types.length !== 1) return types.length === 0 ? "text" : "json";
  switch (types[0]) {
    case "boolean":
      return "boolean";
    case "integer":
      return "int64";
    case "number":
      return airbyteType === "integer" ? "int64" : "double";
    case "string":
      if (format === "date") return "date";
      if (format === "date-time") return airbyteType === "timestamp_without_timezone" ? "local-timestamp" : "timestamp";
      return "text";
    default:
      return "json";
  }
}
