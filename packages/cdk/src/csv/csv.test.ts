import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import { csvRecords } from "./csv-records.ts";

type Row = readonly [text: string, delimiter: string, nothing: readonly string[], outcome: { values: Json[] }];
// The types are those of make-decoders.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../test/tables/decoders.json", import.meta.url), "utf8"),
) as unknown as { csv: readonly Row[] };

async function* parts(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, delimiter: string, size: number): Promise<Json[]> {
  const records: Json[] = [];
  for await (const some of csvRecords(parts(text, size), delimiter)) records.push(...some);
  return records;
}

describe("as csv.DictReader", () => {
  const rows = table.csv.filter(([, delimiter, nothing]) => nothing.length === 0 && /^[^\\]$/u.test(delimiter));
  test.each(rows)("%j by %j", async (text, delimiter, _, { values }) => {
    for (const size of [1, 2, 7, 100_000]) expect(printJson(await read(text, delimiter, size))).toBe(printJson(values));
  });
});

test("a quoted field of many lines is read in linear time", async () => {
  const field = `${"x".repeat(99)}\n`.repeat(100_000);
  const records = await read(`a,b\n1,"${field}"\n`, ",", 65536);
  expect(records).toEqual([{ a: "1", b: field }]);
});
