import { failureType } from "../../../interpolation/failure.ts";
import { parseFloatText, parseInteger, toFloat, truncate } from "../../../interpolation/text/numbers.ts";
import { strip } from "../../../interpolation/text/whitespace.ts";
import { str } from "../../../json/python-text.ts";
import { truthy } from "../../../json/truthy.ts";
import { Float, float, get, isList, isObject, type Json } from "../../../json/value.ts";

export type Convert = (value: Json) => Json;

/**
 * What casts a value to the one type that a schema names, next to null; undefined where it names none or several. A value
 * that cannot be cast stays, and `uncast` is told.
 */
export function converter(schema: Json, uncast: (value: Json, type: string) => void): Convert | undefined {
  if (!isObject(schema)) return undefined;
  const types = get(schema, "type");
  const named = isList(types) ? types.filter((type) => type !== "null") : [types];
  const [type] = named;
  if (named.length !== 1 || typeof type !== "string") return undefined;
  const cast = type === "array" ? wrapper(get(schema, "items")) : CASTS[type];
  if (cast === undefined) return undefined;
  const nullable = isList(types) && types.includes("null");
  return (value) => {
    if (value === null && nullable) return value;
    const result = cast(value);
    if (result !== undefined) return result;
    uncast(value, type);
    return value;
  };
}

/** Each gives undefined for what cannot be cast. To text all can be: null is "None". */
const CASTS: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  string: (value) => (typeof value === "string" ? value : str(value)),
  number: attempt((value) => {
    if (typeof value === "string") return parseFloatText(value);
    if (typeof value === "boolean") return float(Number(value));
    if (typeof value === "bigint") return float(toFloat(value));
    if (typeof value === "number") return float(value);
    return value instanceof Float ? value : undefined;
  }),
  integer: attempt((value) => {
    if (typeof value === "string") return parseInteger(value);
    if (typeof value === "boolean") return Number(value);
    if (typeof value === "bigint") return value;
    if (typeof value === "number") return truncate(value);
    return value instanceof Float ? truncate(value.value) : undefined;
  }),
  boolean: (value) => (typeof value === "string" ? truthOf(value) : truthy(value)),
};

/** What Python refuses to convert, or cannot. */
function attempt(cast: (value: Json) => Json | undefined): (value: Json) => Json | undefined {
  return (value) => {
    try {
      return cast(value);
    } catch (error) {
      if (failureType(error) === undefined) throw error;
      return undefined;
    }
  };
}

function truthOf(text: string): boolean | undefined {
  const word = strip(text.toLowerCase());
  if (/^(?:y|yes|t|true|on|1)$/.test(word)) return true;
  return /^(?:n|no|f|false|off|0)$/.test(word) ? false : undefined;
}

const SIMPLE = new Set<Json>(["string", "number", "integer", "boolean", "null"]);

/** A single value becomes a list of it, where the items have simple types, named in a list, or are not described. */
function wrapper(items: Json | undefined): ((value: Json) => Json) | undefined {
  if (items !== undefined && !isObject(items)) return undefined;
  const types = items === undefined ? undefined : get(items, "type");
  if (types !== undefined && !(isList(types) && types.every((type) => SIMPLE.has(type)))) return undefined;
  return (value) => (isList(value) || isObject(value) ? value : [value]);
}
