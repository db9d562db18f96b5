import { CalendarDuration } from "../../datetime/calendar-duration.ts";
import { DateTime, PlainDate, TimeZone } from "../../datetime/datetime.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { Float, type JsonObject } from "../../json/value.ts";
import {
  Bytes,
  Callable,
  Dict,
  DictView,
  Instance,
  Iteration,
  MappingView,
  Markup,
  PythonSet,
  Tuple,
  Undefined,
  type Mapping,
  type Special,
  type Value,
} from "./value.ts";

const plain: unknown = Object.prototype;

/** Whether it is a JSON object. */
export function isJsonObject(value: Value | undefined): value is JsonObject {
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) === plain) return true;
  return !Array.isArray(value) && !(value instanceof Float) && !isSpecial(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMapping(value: Value | undefined): value is Mapping {
  return isJsonObject(value) || value instanceof Dict || value instanceof MappingView;
}

export function isTuple(value: Value | undefined): value is Tuple {
  return value instanceof Tuple;
}

/** Text, marked as HTML or not; Python's Markup is a str too. */
export function isText(value: Value | undefined): value is string | Markup {
  return typeof value === "string" || value instanceof Markup;
}

export function isFloat(value: Value | undefined): value is number | Float {
  return value instanceof Float || (typeof value === "number" && !Number.isInteger(value));
}

/** An integer; a boolean is one too. */
export function isInteger(value: Value | undefined): value is number | bigint | boolean {
  return typeof value === "number" ? Number.isInteger(value) : typeof value === "bigint" || typeof value === "boolean";
}

const SPECIAL = [
  Undefined,
  Dict,
  DateTime,
  PlainDate,
  Timedelta,
  Markup,
  MappingView,
  Iteration,
  DictView,
  PythonSet,
  Callable,
  Instance,
  Bytes,
  CalendarDuration,
  TimeZone,
] as const;

export function isSpecial(value: Value): value is Special {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === plain) return false;
  return SPECIAL.some((type) => value instanceof type);
}

const NAMES: readonly (readonly [new (...values: never[]) => object, string])[] = [
  [Float, "float"],
  [Dict, "dict"],
  [Undefined, "Undefined"],
  [Markup, "Markup"],
  [DateTime, "datetime.datetime"],
  [PlainDate, "datetime.date"],
  [Timedelta, "datetime.timedelta"],
  [CalendarDuration, "Duration"],
  [TimeZone, "datetime.timezone"],
  [PythonSet, "set"],
  [Bytes, "bytes"],
];

/** The name of a value's Python type, as messages give it. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "bigint") return "int";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (isList(value)) return value instanceof Tuple ? "tuple" : "list";
  if (value instanceof MappingView || value instanceof Iteration) return value.typeName;
  if (value instanceof Instance) return value.behaviour.typeName;
  if (value instanceof DictView) return `dict_${value.part}`;
  if (value instanceof Callable) return value.repr.startsWith("<bu") ? "builtin_function_or_method" : "function";
  return NAMES.find(([type]) => value instanceof type)?.[1] ?? "dict";
}
