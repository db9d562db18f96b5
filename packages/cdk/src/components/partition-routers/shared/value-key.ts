import { numeric } from "../../../json/equal.ts";
import { printPython } from "../../../json/print.ts";
import type { Json } from "../../../json/value.ts";

/** One text for all values that are equal to Python: `1`, `1.0` and `true` are. */
export function valueKey(value: Json): string {
  const number = numeric(value);
  return number === undefined ? printPython(value, { sortKeys: true }) : String(number);
}
