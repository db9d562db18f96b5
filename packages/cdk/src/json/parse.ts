import { parseCarefully } from "./careful-parse.ts";
import type { Json } from "./value.ts";

// A number of 16 digits, an integral fraction, an exponent, or a key of digits: `JSON.parse` would lose something of it.
const CARE = /[:,[\s]-?(?:\d{16}|\d+(?:\.(?:0+(?!\d)|\d{14})|[\d.]*[eE]))|[{,]\s*"\d+"\s*:|^\s*-?\d/;
const SHALLOW = 2000; // no text as short as this is nested deeper than 1,000 levels

/**
 * The value of a JSON text, as Python's `json.loads` reads it: `NaN`, `Infinity` and `-Infinity` are values, a byte order
 * mark is a fault.
 * @throws JsonError with Python's message
 */
export function parseJson(text: string): Json {
  if (text.length <= SHALLOW || !/[[{]{2}/.test(text)) {
    if (!CARE.test(text)) {
      try {
        return JSON.parse(text) as Json; // what JSON.parse gives is Json
      } catch {
        // Python may accept it, or says where the fault is.
      }
    }
  }
  return parseCarefully(text);
}
