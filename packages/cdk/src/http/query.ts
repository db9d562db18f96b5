import { str } from "../json/python-text.ts";
import { entries, isObject, keys, type Json, type JsonObject } from "../json/value.ts";
import { quotePlus, unquote } from "./percent.ts";

/**
 * A form, or the query of a URL, as `requests` encodes a mapping: a list repeats its name, null is left out, an object
 * counts as the list of its keys, everything else goes by Python's `str` (`True`, `1.0`).
 */
export function encodeForm(form: JsonObject): string {
  const pairs: string[] = [];
  for (const [name, value] of entries(form)) {
    for (const item of items(value)) {
      if (item === null) continue;
      for (const text of typeof item === "object" ? items(item) : [item]) {
        pairs.push(`${quotePlus(name)}=${quotePlus(str(text))}`);
      }
    }
  }
  return pairs.join("&");
}

/** The pairs of a query or form, decoded; those without a value are left out, as Python's `parse_qsl` does. */
export function parseForm(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const pair of text.split("&")) {
    const at = pair.indexOf("=");
    if (at < 0 || at === pair.length - 1) continue;
    pairs.push([decode(pair.slice(0, at)), decode(pair.slice(at + 1))]);
  }
  return pairs;
}

const decode = (text: string): string => unquote(text.replaceAll("+", " "));

function items(value: Json): readonly Json[] {
  if (isList(value)) return value;
  return isObject(value) ? keys(value) : [value];
}

/** `Array.isArray` does not tell a readonly list from an object. */
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
