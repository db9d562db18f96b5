import { expect, test } from "vitest";
import { createTable } from "../components/extractors/shared/table.ts";
import { printJson, printRow } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import { csvBatches, type CsvTable } from "./csv-batches.ts";
import { createCsvReader } from "./csv-reader.ts";
import { dictTable } from "./csv-records.ts";
import { universalNewlines } from "./universal-newlines.ts";

/** Numbers that are the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function* parts(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function scanned(
  text: string,
  table: CsvTable,
  nulls: readonly string[],
  size: number,
  small = 0,
): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of csvBatches(parts(text, size), { delimiter: ",", table, nulls, small })) {
    for (let i = 0; i < batch.length; i++) {
      const value = batch.value(i);
      if (batch.text(i) !== printRow(value)) throw new Error(`${batch.text(i)} is the text of ${printRow(value)}`);
      rows.push(printRow(value));
    }
  }
  return rows;
}

/** Read as texts alone. */
function read(text: string, table: CsvTable): string[] {
  const reader = createCsvReader(",");
  const rows = reader.push(universalNewlines()(text, true));
  return table.records([...rows, ...reader.end()]).map((row: Json) => printRow(row));
}

const said = async (rows: () => string[] | Promise<string[]>): Promise<string> => {
  try {
    return printJson(await rows());
  } catch (error) {
    return String(error);
  }
};

const PIECES = [
  ..."1a,,,,\n\n\n".split(""),
  '"',
  '"',
  '""',
  '"x, y"',
  "é",
  "\r\n",
  "\r",
  "\\",
  "\t ",
  "NA",
  "nan",
  "\x01",
];

test("rows are those of the same text read value by value, however it is cut", async () => {
  const next = random(3);
  const wrong: string[] = [];
  for (let round = 0; round < 300; round++) {
    const body = Array.from({ length: next(60) }, () => PIECES[next(PIECES.length)]!).join("");
    const text = `${["a,b,c\n", '"a","b"\r\n', "a,b\n1,2\n", "1,0,a\n", "a\n", "a,a\n", ""][next(7)]!}${body}`;
    const tables: [() => CsvTable, readonly string[]][] = [
      [dictTable, []],
      [() => createTable(false), createTable(false).nulls],
    ];
    for (const [table, nulls] of tables) {
      const expected = await said(() => read(text, table()));
      const found = await said(() => scanned(text, table(), nulls, 1 + next(40), next(2) * next(80)));
      if (found !== expected) wrong.push(`${JSON.stringify(text)}: ${found} instead of ${expected}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("what is no UTF-8 is refused", async () => {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`a,b\n${"1,2\n".repeat(10)}`);
    yield Buffer.from([0x31, 0x2c, 0xff, 0x0a]);
  }
  const all = async (): Promise<void> => {
    const options = { delimiter: ",", table: dictTable(), nulls: [], small: 0 };
    for await (const batch of csvBatches(bytes(), options)) expect(batch.length).toBe(10);
  };
  await expect(all()).rejects.toThrow("not in the encoding");
});

async function* answer(pieces: readonly string[], fault?: Error): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
  if (fault !== undefined) throw fault;
}

test("rows stay bytes also where the names of the fields come by themselves", async () => {
  const kinds: boolean[] = [];
  const pieces = ["a,b\n", "1,2\n".repeat(10), "1,2\n".repeat(10_000)];
  for await (const batch of csvBatches(answer(pieces), { delimiter: ",", table: dictTable(), nulls: [] })) {
    kinds.push(batch.places !== undefined);
  }
  expect(new Set(kinds)).toEqual(new Set([true]));
});

test("whole rows before a break are records", async () => {
  const rows: string[] = [];
  const all = async (): Promise<void> => {
    const broken = answer(["a,b\n", "1,2\n3,4\n5"], new Error("broken off"));
    for await (const batch of csvBatches(broken, { delimiter: ",", table: dictTable(), nulls: [] })) {
      for (let i = 0; i < batch.length; i++) rows.push(batch.text(i));
    }
  };
  await expect(all()).rejects.toThrow("broken off");
  expect(rows).toEqual(['{"a":"1","b":"2"}', '{"a":"3","b":"4"}']);
});
