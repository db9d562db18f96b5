import { Timedelta } from "../../datetime/timedelta.ts";
import { Float } from "../../json/value.ts";
import { isList, isMapping } from "./kind.ts";
import { memberCount } from "./mapping.ts";
import { Bytes, DictView, Instance, MappingView, Markup, PythonSet, Undefined, type Value } from "./value.ts";

/** Python's `bool(value)`. */
export function truthy(value: Value): boolean {
  if (typeof value !== "object") return typeof value === "number" ? value !== 0 : Boolean(value);
  if (value === null || value instanceof Undefined) return false;
  if (isList(value)) return value.length > 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof MappingView) return memberCount(value) > 0 || hasExtraFields(value);
  if (isMapping(value)) return memberCount(value) > 0;
  if (value instanceof Markup) return value.text !== "";
  if (value instanceof PythonSet) return value.members.size > 0;
  if (value instanceof DictView) return memberCount(value.mapping) > 0;
  if (value instanceof Bytes) return value.data.length > 0;
  if (value instanceof Timedelta) return value.wholeSeconds !== 0 || value.microseconds !== 0;
  if (value instanceof Instance) return value.behaviour.size === undefined || value.behaviour.size() > 0;
  return true;
}

/** A slice without partition and interval still counts when it carries something. */
function hasExtraFields({ options }: MappingView): boolean {
  const extra = options.attributes?.["extra_fields"]?.();
  return extra !== undefined && truthy(extra);
}
