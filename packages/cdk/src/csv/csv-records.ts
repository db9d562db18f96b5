import { fromEntries, has, isReordered, set, type JsonObject } from "../json/value.ts";
import type { CsvTable } from "./csv-batches.ts";
import { createCsvReader } from "./csv-reader.ts";
import { universalNewlines } from "./universal-newlines.ts";

/** CSV rows as objects by the names of the first row; see {@link dictTable}. */
export async function* csvRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<JsonObject[]> {
  const reader = createCsvReader(delimiter);
  const newlines = universalNewlines();
  const { records } = dictTable();
  for await (const part of text) {
    const made = records(reader.push(newlines(part, false)));
    if (made.length > 0) yield made;
  }
  const made = records([...reader.push(newlines("", true)), ...reader.end()]);
  if (made.length > 0) yield made;
}

/**
 * Makes objects as Python's `csv.DictReader` does: blank lines are skipped, missing fields are null, and those beyond the
 * header make a list under `null`.
 */
export function dictTable(): CsvTable {
  let names: readonly string[] | undefined;
  let record: ((row: readonly string[]) => JsonObject) | undefined;
  return {
    records(rows) {
      const made: JsonObject[] = [];
      for (const row of rows) {
        if (record === undefined) record = recordMaker((names = row));
        else if (row.length > 0) made.push(record(row));
      }
      return made;
    },
    // A blank line of a text with one column is no row, but looks like one whose field is empty.
    columns: () =>
      names !== undefined && names.length > 1 && new Set(names).size === names.length ? names : undefined,
  };
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
