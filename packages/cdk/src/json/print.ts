import { printCarefully } from "./careful-print.ts";
import { isObject, keys, type Json, type JsonObject } from "./value.ts";

export { printPython } from "./print-python.ts";

// After a value which JSON.stringify cannot print, its like will follow: it is tried again after as many values.
const PATIENCE = 50;
let careful = 0;

/**
 * JSON text as it goes to stdout: compact, non-ASCII as it is, integers and floats exact. What is not finite prints as
 * `null`, as in the reference's messages: no JSON reader takes `NaN`.
 */
export function printJson(value: Json): string {
  if (careful > 0) {
    careful--;
    return printCarefully(value);
  }
  try {
    return JSON.stringify(value);
  } catch {
    careful = PATIENCE; // a Float, a bigint, or keys that JavaScript reorders
    return printCarefully(value);
  }
}

/** As {@link printJson}, an object's top-level nulls left out, as records go to stdout. */
export function printRow(value: Json): string {
  if (!isObject(value)) return printJson(value);
  const nulls = nullKeys(value);
  if (nulls === undefined) return printJson(value);
  if (careful > 0) return printCarefully(value, true);
  // JSON.stringify leaves out what is undefined: much cheaper than a copy of the row.
  const row: Record<string, Json | undefined> = value;
  try {
    for (const key of nulls) row[key] = undefined;
    return JSON.stringify(row);
  } catch {
    careful = PATIENCE;
  } finally {
    for (const key of nulls) row[key] = null;
  }
  return printCarefully(value, true);
}

function nullKeys(row: JsonObject): string[] | undefined {
  let nulls: string[] | undefined;
  for (const key of keys(row)) {
    if (row[key] === null) (nulls ??= []).push(key);
  }
  return nulls;
}
