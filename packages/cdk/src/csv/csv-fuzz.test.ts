import { expect, test } from "vitest";
import { random } from "../../test/random.ts";
import { plainCsv, type CsvColumn, type CsvFormat } from "./csv-format.ts";
import { createCsvReader } from "./csv-reader.ts";
import { createCsvRows } from "./csv-rows.ts";

function textOf(next: (below: number) => number, alphabet: readonly string[]): string {
  return Array.from({ length: next(40) }, () => alphabet[next(alphabet.length)]!).join("");
}

/** The rows, the misfits and the ragged rows, or why there are none. */
function read(text: string, format: CsvFormat, columns: readonly CsvColumn[], size: number): unknown {
  const bytes = Buffer.from(text);
  const reader = createCsvRows({ format, columns });
  const rows: string[] = [];
  const wrong: unknown[] = [];
  const lengths: unknown[] = [];
  const take = (found: ReturnType<typeof reader.push>): void => {
    for (const { batch, misfits, ragged } of found) {
      const before = rows.length;
      for (let i = 0; i < batch.length; i++) rows.push(batch.text(i));
      wrong.push(...misfits.map(({ row, ...misfit }) => ({ row: before + row, ...misfit })));
      lengths.push(...ragged.map(({ line, fields }) => ({ line, fields })));
    }
  };
  try {
    for (let at = 0; at < bytes.length; at += size) take(reader.push(bytes.subarray(at, at + size)));
    take(reader.end());
  } catch (error) {
    return String(error);
  }
  return { rows, wrong, lengths };
}

const columns: readonly CsvColumn[] = Array.from({ length: 60 }, (_, index) => ({ name: `c${index}`, type: "string" }));

test("rows are those of Python's csv.reader", () => {
  const next = random(1);
  for (let round = 0; round < 1000; round++) {
    const text = textOf(next, ["a", "é", ",", ",", '"', '"', "\n", "\\", " x", "long text without an end "]);
    const reader = createCsvReader(",");
    const expected = [...reader.push(text), ...reader.end()].filter(
      (row) => row.length > 0 && !/^ *$/.test(row.join(",")),
    );
    const found = read(text, { ...plainCsv, nulls: [] }, columns, 1 + next(8));
    if (typeof found === "string") expect(found).toContain("never closed");
    else {
      const { rows } = found as { rows: string[] };
      const values = rows.map((row) => Object.values(JSON.parse(row) as Record<string, string>));
      expect(
        values.filter((row) => !/^ *$/.test(row.join(","))),
        JSON.stringify(text),
      ).toEqual(expected);
    }
  }
});

const types = ["integer", "string", "number", "boolean", "date", "skip"] as const;
const mixed: readonly CsvColumn[] = types.map((type) => ({ name: type, type }));
const formats: readonly Partial<CsvFormat>[] = [
  {},
  { escape: "\\" },
  { comment: "#" },
  { escape: "\\", comment: "#", doubleQuote: false },
  { delimiter: "||" },
  { quote: "'", skipInitialSpace: true, skipBlankLines: false, nulls: ["1", "a"] },
  { quote: undefined, delimiter: "\t" },
];

test.each(formats)("how a text is cut into parts changes nothing: %j", (format) => {
  const next = random(2);
  const alphabet = [
    "1",
    "-2.5",
    "true",
    "2024-01-01",
    "a",
    ",",
    "|",
    "||",
    "\t",
    '"',
    "'",
    "\\",
    "#",
    "\n",
    "\r\n",
    "\r",
    " ",
  ];
  for (let round = 0; round < 300; round++) {
    const text = textOf(next, alphabet);
    const whole = read(text, { ...plainCsv, ...format }, mixed, Infinity);
    expect(read(text, { ...plainCsv, ...format }, mixed, 1 + next(7)), JSON.stringify(text)).toEqual(whole);
  }
});
