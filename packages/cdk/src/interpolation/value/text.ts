import { CalendarDuration, calendarDurationRepr, calendarDurationText } from "../../datetime/calendar-duration.ts";
import { DateTime, PlainDate, TimeZone } from "../../datetime/datetime.ts";
import { dateTimeRepr, dateTimeText, plainDateRepr, plainDateText } from "../../datetime/isoformat.ts";
import { Timedelta, timedeltaRepr, timedeltaText } from "../../datetime/timedelta.ts";
import { repr as jsonRepr } from "../../json/python-text.ts";
import { Float, keys } from "../../json/value.ts";
import { isJsonObject, isList, isTuple, typeName } from "./kind.ts";
import { memberKeys, members, memberValues } from "./mapping.ts";
import {
  Bytes,
  Callable,
  Dict,
  DictView,
  Instance,
  Iteration,
  MappingView,
  Markup,
  NamedTuple,
  PythonSet,
  Tuple,
  Undefined,
  tuple,
  type Value,
} from "./value.ts";

/** Python's `str(value)`. */
export function str(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.text;
  if (value instanceof Undefined) return "";
  if (value instanceof DateTime) return dateTimeText(value);
  if (value instanceof PlainDate) return plainDateText(value);
  if (value instanceof Timedelta) return timedeltaText(value);
  if (value instanceof CalendarDuration) return calendarDurationText(value);
  if (value instanceof TimeZone) return value.name ?? value.repr;
  return repr(value);
}

/** Python's `repr(value)`. */
export function repr(value: Value): string {
  if (typeof value !== "object" || value === null || value instanceof Float) return jsonRepr(value);
  if (isList(value)) return isTuple(value) ? tupleRepr(value) : `[${value.map(repr).join(", ")}]`;
  if (isJsonObject(value)) {
    return `{${keys(value)
      .map((key) => `${jsonRepr(key)}: ${repr(value[key]!)}`)
      .join(", ")}}`;
  }
  return specialRepr(value);
}

function tupleRepr(items: Tuple): string {
  if (items instanceof NamedTuple && items.typeName !== undefined) {
    return `${items.typeName}(${items.fields.map((name, i) => `${name}=${repr(items[i]!)}`).join(", ")})`;
  }
  return items.length === 1 ? `(${repr(items[0]!)},)` : `(${items.map(repr).join(", ")})`;
}

function specialRepr(value: Exclude<Value, string>): string {
  if (value instanceof Dict) {
    return `{${members(value)
      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
      .join(", ")}}`;
  }
  if (value instanceof MappingView) return repr(value.data);
  if (value instanceof Undefined) return "Undefined";
  if (value instanceof Markup) return `Markup(${jsonRepr(value.text)})`;
  if (value instanceof PythonSet) {
    return value.members.size === 0 ? "set()" : `{${Array.from(value.members.values(), repr).join(", ")}}`;
  }
  if (value instanceof DictView) return viewRepr(value);
  if (value instanceof DateTime) return dateTimeRepr(value);
  if (value instanceof PlainDate) return plainDateRepr(value);
  if (value instanceof Timedelta) return timedeltaRepr(value);
  if (value instanceof CalendarDuration) return calendarDurationRepr(value);
  if (value instanceof TimeZone) return value.repr;
  if (value instanceof Bytes) return bytesRepr(value.data);
  if (value instanceof Callable) return value.repr;
  if (value instanceof Instance) return value.behaviour.text();
  return `<${value instanceof Iteration ? value.typeName : typeName(value)} object>`;
}

function viewRepr(view: DictView): string {
  const { part, mapping } = view;
  if (!(mapping instanceof MappingView) || mapping.typeName === "StreamSlice") {
    return `dict_${part}(${repr(viewItems(view))})`;
  }
  return `${part.charAt(0).toUpperCase()}${part.slice(1)}View(${repr(mapping)})`;
}

/** What a view of a dict goes through. */
export function viewItems({ part, mapping }: DictView): readonly Value[] {
  if (part === "keys") return memberKeys(mapping);
  return part === "values" ? memberValues(mapping) : members(mapping).map((pair) => tuple(pair));
}

const BYTE_ESCAPES: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };

function bytesRepr(data: Uint8Array): string {
  const quote = data.includes(39) && !data.includes(34) ? '"' : "'";
  let inside = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    if (character === quote) inside += `\\${quote}`;
    else if (byte >= 32 && byte < 127 && byte !== 92) inside += character;
    else inside += BYTE_ESCAPES[byte] ?? `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return `b${quote}${inside}${quote}`;
}
