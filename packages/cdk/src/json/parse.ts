import { parseCarefully } from "./careful-parse.ts";
import { isLossy } from "./scan/lossy.ts";
import type { Json } from "./value.ts";

/**
 * The value of a JSON text, as Python's `json.loads` reads it: `NaN`, `Infinity` and `-Infinity` are values, a byte order
 * mark is a fault. More than 1,000 levels are a fault too.
 * @throws JsonError with Python's message
 */
export function parseJson(text: string): Json {
  return isLossy(text) ? parseCarefully(text) : parsePlain(text);
}

/** As {@link parseJson}, for a text of which `JSON.parse` would lose nothing. */
export function parsePlain(text: string): Json {
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives is Json
  } catch {
    return parseCarefully(text); // says where the fault is
  }
}
