import { fromEntries, has, isReordered, set, type JsonObject } from "../json/value.ts";
import { createCsvReader } from "./csv-reader.ts";
import { universalNewlines } from "./universal-newlines.ts";

/**
 * CSV rows as objects by the names of the first row, as Python's `csv.DictReader` makes them: blank lines are skipped,
 * missing fields are null, and those beyond the header make a list under `null`.
 */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<JsonObject[]> {
  const reader = createCsvReader(delimiter);
  const newlines = universalNewlines();
  let record: ((row: readonly string[]) => JsonObject) | undefined;
  function records(rows: string[][]): JsonObject[] {
    const made: JsonObject[] = [];
    for (const row of rows) {
      if (record === undefined) record = recordMaker(row);
      else if (row.length > 0) made.push(record(row));
    }
    return made;
  }
  for await (const part of text) {
    const made = records(reader.push(newlines(part, false)));
    if (made.length > 0) yield made;
  }
  const made = records([...reader.push(newlines("", true)), ...reader.end()]);
  if (made.length > 0) yield made;
}

function recordMaker(names: readonly string[]): (row: readonly string[]) => JsonObject {
  const template = fromEntries(names.map((name) => [name, null]));
  const plain = !isReordered(template) && !has(template, "__proto__");
  return (row) => {
    const record: JsonObject = {};
    for (let i = 0; i < names.length; i++) {
      const value = i < row.length ? row[i]! : null;
      if (plain) record[names[i]!] = value;
      else set(record, names[i]!, value);
    }
    if (row.length > names.length) set(record, "null", row.slice(names.length));
    return record;
  };
}
