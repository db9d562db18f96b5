import { escape } from "../text/html.ts";
import { isFloat, isInteger, isList, isMapping } from "../value/kind.ts";
import { dictOf, members } from "../value/mapping.ts";
import { Markup, Tuple, tuple, type Value } from "../value/value.ts";

/** The values of a `%` on text marked as safe HTML: numbers as they are, all else escaped. */
export function escapedValues(values: Value): Value {
  if (values instanceof Tuple) return tuple(values.map(escaped));
  if (isMapping(values)) return dictOf(members(values).map(([key, value]) => [key, escaped(value)]));
  return isList(values) ? values.map(escaped) : escaped(values);
}

function escaped(value: Value): Value {
  return isInteger(value) || isFloat(value) ? value : new Markup(escape(value));
}
