import { equal as equalTimes } from "../../datetime/arithmetic.ts";
import { CalendarDuration } from "../../datetime/calendar-duration.ts";
import { DateTime, PlainDate, TimeZone } from "../../datetime/datetime.ts";
import { equalDurations } from "../../datetime/duration-arithmetic.ts";
import { Timedelta } from "../../datetime/timedelta.ts";
import { isList, isMapping, isText } from "./kind.ts";
import { member, memberCount, members } from "./mapping.ts";
import { numberOf } from "./number.ts";
import { str } from "./text.ts";
import { Bytes, MappingView, PythonSet, Tuple, Undefined, type Mapping, type Value } from "./value.ts";

/** Python's `a == b`. */
export function equal(a: Value, b: Value): boolean {
  if (typeof a === "string" && typeof b === "string") return a === b;
  const left = numberOf(a);
  const right = numberOf(b);
  // Loosely: JavaScript then compares a bigint with a number exactly.
  if (left !== undefined || right !== undefined) return left !== undefined && right !== undefined && left == right;
  if (a === null || b === null) return a === b;
  if (isText(a)) return isText(b) && str(a) === str(b);
  if (isList(a)) return isList(b) && equalLists(a, b);
  if (isMapping(a)) return isMapping(b) && equalMappings(a, b);
  return equalSpecials(a, b);
}

/** As {@link equal}; within a list or a dict Python takes one and the same thing as equal, also a NaN. */
export function same(a: Value, b: Value): boolean {
  return a === b || equal(a, b);
}

function equalLists(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a instanceof Tuple === b instanceof Tuple && a.every((item, i) => same(item, b[i]!));
}

function equalMappings(a: Mapping, b: Mapping): boolean {
  if (!comparable(a, b) || memberCount(a) !== memberCount(b)) return false;
  return members(a).every(([key, value]) => {
    const other = member(b, key);
    return other !== undefined && same(value, other);
  });
}

function comparable(a: Mapping, b: Mapping): boolean {
  const view = a instanceof MappingView ? a : b instanceof MappingView ? b : undefined;
  if (view === undefined || a === b) return true;
  if (a instanceof MappingView && b instanceof MappingView) return a.typeName === b.typeName;
  return view.options.equalsDict === true;
}

function equalSpecials(a: Value, b: Value): boolean {
  if (isTime(a) && isTime(b)) return equalTimes(a, b);
  if (isDuration(a) && isDuration(b)) return equalDurations(a, b);
  if (a instanceof Undefined) return b instanceof Undefined;
  if (a instanceof PythonSet && b instanceof PythonSet) {
    return a.members.size === b.members.size && [...a.members.keys()].every((key) => b.members.has(key));
  }
  if (a instanceof Bytes && b instanceof Bytes) return a.data.join() === b.data.join();
  if (a instanceof TimeZone && b instanceof TimeZone) return a.offset === b.offset && a.name === b.name;
  return a === b;
}

export function isTime(value: Value): value is DateTime | PlainDate {
  return value instanceof DateTime || value instanceof PlainDate;
}

export function isDuration(value: Value): value is Timedelta | CalendarDuration {
  return value instanceof Timedelta || value instanceof CalendarDuration;
}
