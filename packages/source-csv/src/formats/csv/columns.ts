import { get, isObject, keys, type JsonObject } from "ferry-cdk";
import { csvTypes, type CsvColumn, type CsvType } from "ferry-cdk/files";
import type { Ahead } from "../../ahead.ts";
import type { Subject } from "../format.ts";
import { SAMPLE } from "../schema.ts";
import type { CsvHead } from "./head.ts";
import { typeOfProperty } from "./schema.ts";

/**
 * The columns with their types: what the user states, else what the schema says, else what the file's first bytes are. A
 * sample is taken only where some column needs it.
 */
export async function columnsOf(
  ahead: Ahead,
  head: CsvHead,
  schema: JsonObject,
  { name: stream, options, run }: Subject,
): Promise<readonly CsvColumn[]> {
  const stated = get(schema, "properties");
  const properties: JsonObject = isObject(stated) ? stated : {};
  const known = head.names.map((name): CsvType | "skip" | undefined => {
    if (!head.isRead(name)) return "skip";
    const property = get(properties, name);
    return typeStated(options.types, name) ?? (property === undefined ? undefined : typeOfProperty(property));
  });
  const missing = keys(properties).filter((name) => !head.names.includes(name));
  if (missing.length > 0) run.log.warn(`${stream}: the file has no column ${quoted(missing)} any more.`);
  if (!known.includes(undefined)) return head.names.map((name, column) => ({ name, type: known[column]! }));

  const isNew = head.names.filter((_, column) => known[column] === undefined);
  if (keys(properties).length > 0) run.log.warn(`${stream}: the catalog does not know the column ${quoted(isNew)}.`);
  const bytes = await ahead.peek(head.next + SAMPLE);
  const isWhole = ahead.ended && bytes.length <= head.next + SAMPLE;
  const sample = bytes.subarray(head.next, head.next + SAMPLE);
  const types = csvTypes(sample, options.csv, head.names.length, { line: head.line, whole: isWhole });
  return head.names.map((name, column) => ({ name, type: known[column] ?? types[column] ?? "string" }));
}

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

const typeStated = (types: Subject["options"]["types"], name: string): CsvType | undefined =>
  typeof types === "string" ? types : types?.get(name);
