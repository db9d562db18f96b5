import { expect, test } from "vitest";
import { csvTypes } from "./csv-types.ts";
import { plainCsv, type CsvColumn, type CsvFormat, type CsvType } from "./csv-format.ts";
import { firstCsvRow } from "./csv-head.ts";
import { createCsvRows, type CsvBatch } from "./csv-rows.ts";

function read(
  text: string | Buffer,
  columns: readonly CsvColumn[],
  format: Partial<CsvFormat> = {},
  { size = Infinity, dropLong = false, batch = 1 << 17 }: { size?: number; dropLong?: boolean; batch?: number } = {},
): { rows: string[]; misfits: string[]; ragged: string[] } {
  const bytes = Buffer.from(text);
  const all: CsvBatch[] = [];
  const reader = createCsvRows({ format: { ...plainCsv, ...format }, columns, dropLong, sizes: { batch } });
  for (let at = 0; at < bytes.length; at += size) all.push(...reader.push(bytes.subarray(at, at + size)));
  all.push(...reader.end());
  return {
    rows: all.flatMap(({ batch }) => Array.from({ length: batch.length }, (_, i) => batch.text(i))),
    misfits: all.flatMap(({ misfits }) => misfits.map(({ line, column, text }) => `${line}:${column} ${text}`)),
    ragged: all.flatMap(({ ragged }) =>
      ragged.map(({ row, line, fields }) => `${line}:${fields}${row === undefined ? " dropped" : ""}`),
    ),
  };
}

const texts = (...names: readonly string[]): CsvColumn[] => names.map((name) => ({ name, type: "string" }));
const ab = texts("a", "b");
const long = "äöü €𝄞 ".repeat(50);

const shapes: readonly [name: string, text: string, rows: readonly string[], format?: Partial<CsvFormat>][] = [
  ["plain", "1,2\n3,4\n", ['{"a":"1","b":"2"}', '{"a":"3","b":"4"}']],
  ["no newline at the end", "1,2\n3,4", ['{"a":"1","b":"2"}', '{"a":"3","b":"4"}']],
  ["CRLF, CR", "1,2\r\n3,4\r5,6\r\n", ['{"a":"1","b":"2"}', '{"a":"3","b":"4"}', '{"a":"5","b":"6"}']],
  ["nulls are left out", ",2\n1,\n,\n", ['{"b":"2"}', '{"a":"1"}', "{}"]],
  ["quoted", '"1,""x""","2\n3"\n', ['{"a":"1,\\"x\\"","b":"2\\n3"}']],
  ["behind a closing quote", '"1"x,"2" \n', ['{"a":"1x","b":"2 "}']],
  ["a quote within a field", '1"x",2"\n', ['{"a":"1\\"x\\"","b":"2\\""}']],
  ["escapes of JSON", 'a\\b\t\x01\x1f,"\f\b\r\n\\"\n', ['{"a":"a\\\\b\\t\\u0001\\u001f","b":"\\f\\b\\r\\n\\\\"}']],
  ["long text", `${long},"${long}"\n`, [`{"a":"${long}","b":"${long}"}`]],
  ["blank lines", "\n1,2\n\r\n  \n3,4\n\n", ['{"a":"1","b":"2"}', '{"a":"3","b":"4"}']],
  ["blank lines kept", "1,2\n\n3,4\n", ['{"a":"1","b":"2"}', "{}", '{"a":"3","b":"4"}'], { skipBlankLines: false }],
  ["another delimiter", '1;"2;"\n', ['{"a":"1","b":"2;"}'], { delimiter: ";" }],
  ["a tab", "1\t2\n\t3\n", ['{"a":"1","b":"2"}', '{"b":"3"}'], { delimiter: "\t" }],
  ["a delimiter of two", "1||2|\n|||\n", ['{"a":"1","b":"2|"}', '{"b":"|"}'], { delimiter: "||" }],
  ["another quote", `'1,''"','2'\n`, ['{"a":"1,\'\\"","b":"2"}'], { quote: "'" }],
  ["no quote", '"1","2"\n', ['{"a":"\\"1\\"","b":"\\"2\\""}'], { quote: undefined }],
  ["quotes not doubled", '"1""2",3\n', ['{"a":"1\\"2\\"","b":"3"}'], { doubleQuote: false }],
  ["an escape", '1\\,2,"3\\"\\n"\n\\N,4\n', ['{"a":"1,2","b":"3\\"n"}', '{"b":"4"}'], { escape: "\\", nulls: ["\\N"] }],
  ["comments", "#x,y\n1,2#3\n#\n4,#5\n", ['{"a":"1","b":"2"}', '{"a":"4"}'], { comment: "#" }],
  [
    "spaces behind the delimiter",
    '1, 2\n3, "4, 5"\n',
    ['{"a":"1","b":"2"}', '{"a":"3","b":"4, 5"}'],
    { skipInitialSpace: true },
  ],
  ["NA stays NA", "NA,null\n", ['{"a":"NA","b":"null"}']],
  ["NA unless asked", 'NA,"NA"\n,NAN\n', ["{}", '{"a":"","b":"NAN"}'], { nulls: ["NA", "-"] }],
];

test.each(shapes)("%s", (_, text, rows, format) => {
  for (const size of [Infinity, 1, 2, 3, 7, 16]) expect(read(text, ab, format, { size }).rows).toEqual(rows);
});

const values: readonly [CsvType, text: string, json: string | undefined][] = [
  ["integer", "0", "0"],
  ["integer", "-12", "-12"],
  ["integer", " 5\t", "5"],
  ["integer", '"7"', "7"],
  ["integer", "123456789012345678901234567890", "123456789012345678901234567890"],
  ["integer", "007", undefined],
  ["integer", "+5", undefined],
  ["integer", "1.0", undefined],
  ["integer", "-", undefined],
  ["integer", '"7"x', undefined],
  ["number", "1.50", "1.50"],
  ["number", "-.5", "-0.5"],
  ["number", "5.", "5.0"],
  ["number", "1E5", "1e5"],
  ["number", "1.5e-10", "1.5e-10"],
  ["number", "2e+300", "2e+300"],
  ["number", "2e301", undefined],
  ["number", "1e", undefined],
  ["number", ".", undefined],
  ["number", "-", undefined],
  ["number", "00.5", undefined],
  ["number", "NaN", undefined],
  ["number", "1,5", undefined],
  ["boolean", "TRUE", "true"],
  ["boolean", "False", "false"],
  ["boolean", "t", undefined],
  ["boolean", "1", undefined],
  ["date", "2024-02-29", '"2024-02-29"'],
  ["date", "2023-02-29", undefined],
  ["date", "1900-02-29", undefined],
  ["date", "2000-02-29", '"2000-02-29"'],
  ["date", "0000-00-00", undefined],
  ["date", "2024-13-01", undefined],
  ["date", "2024-04-31", undefined],
  ["date", "2024-4-3", undefined],
  ["local-date-time", "2024-01-02 03:04", '"2024-01-02T03:04:00"'],
  ["local-date-time", "2024-01-02T03:04:05.678901", '"2024-01-02T03:04:05.678901"'],
  ["local-date-time", "2024-01-02 24:00:00", undefined],
  ["local-date-time", "2024-01-02 03:04:05Z", undefined],
  ["local-date-time", "2024-01-02 03:04:05.", undefined],
  ["date-time", "2024-01-02T03:04:05Z", '"2024-01-02T03:04:05Z"'],
  ["date-time", "2024-01-02 03:04:05.5+0130", '"2024-01-02T03:04:05.5+01:30"'],
  ["date-time", "2024-01-02 03:04:05 -08", '"2024-01-02T03:04:05-08:00"'],
  ["date-time", "2024-01-02 03:04:05 UTC", '"2024-01-02T03:04:05Z"'],
  ["date-time", "2024-01-02T03:04:05", undefined],
  ["date-time", "2024-01-02T03:04:05+1", undefined],
];

test.each(values)("%s of %s is %s", (type, text, json) => {
  const quoted = text.includes(",") ? `"${text}"` : text;
  for (const size of [Infinity, 1]) {
    const { rows, misfits } = read(`${quoted},x\n`, [{ name: "v", type }, ...texts("b")], {}, { size });
    expect(rows).toEqual([json === undefined ? '{"b":"x"}' : `{"v":${json},"b":"x"}`]);
    expect(misfits).toHaveLength(json === undefined ? 1 : 0);
  }
});

test("a decimal comma", () => {
  expect(read("1,5;2\n", [{ name: "v", type: "number" }], { delimiter: ";", decimal: "," }).rows).toEqual([
    '{"v":1.5}',
  ]);
});

test("misfits and ragged rows say where they are", () => {
  const columns: CsvColumn[] = [{ name: "n", type: "integer" }, ...texts("t")];
  const { rows, misfits, ragged } = read('1,"a\nb"\nx,c\n3\n4,d,5\n,e\n', columns);
  expect(rows).toEqual(['{"n":1,"t":"a\\nb"}', '{"t":"c"}', '{"n":3}', '{"n":4,"t":"d"}', '{"t":"e"}']);
  expect(misfits).toEqual(["3:0 x"]);
  expect(ragged).toEqual(["4:1", "5:3"]);
  const dropped = read("1,a,\n2,b\n", columns, {}, { dropLong: true });
  expect([dropped.rows, dropped.ragged]).toEqual([['{"n":2,"t":"b"}'], ["1:3 dropped"]]);
});

test("the meta of a row names what was left out", () => {
  const reader = createCsvRows({ format: plainCsv, columns: [{ name: "n", type: "integer" }, ...texts("t")] });
  const [first] = [...reader.push(Buffer.from("x,1\n2,2\n"))];
  const change = { field: "n", change: "NULLED", reason: "SOURCE_SERIALIZATION_ERROR" };
  expect([first!.batch.meta?.(0), first!.batch.meta?.(1)]).toEqual([{ changes: [change] }, undefined]);
  expect(first!.batch.value(1)).toEqual({ n: 2, t: "2" });
});

test("columns may be left out, names need not be plain", () => {
  const columns: CsvColumn[] = [
    { name: "a", type: "skip" },
    { name: 'b"\n', type: "string" },
    ...texts("ü".repeat(50)),
  ];
  expect(read('"1,",2,3\n', columns).rows).toEqual([`{"b\\"\\n":"2","${"ü".repeat(50)}":"3"}`]);
});

test("a row may be large, a text large in JSON, the batches small", () => {
  const huge = `"${"\x01x".repeat(300_000)}"`;
  const { rows } = read(`1,2\n${huge},3\n4,5\n`, ab, {}, { size: 65536, batch: 1000 });
  expect(rows).toEqual(['{"a":"1","b":"2"}', `{"a":"${"\\u0001x".repeat(300_000)}","b":"3"}`, '{"a":"4","b":"5"}']);
  const many = read("1,2\n".repeat(5000), ab, {}, { batch: 500 });
  expect(many.rows).toHaveLength(5000);
});

test.each([
  ['1,2\n3,"4\n5', "Line 2 opens a quote that is never closed."],
  [`1,2\n"${"x\n".repeat(9 << 20)}`, "Line 2 opens a quote that is never closed."],
  [`1,2\n${"x".repeat(17 << 20)}`, "The row at line 2 is longer than 16 MB."],
])("no CSV: %.12s", (text, message) => {
  expect(() => read(text, ab, {}, { size: 1 << 20 })).toThrow(message);
});

test("types are what all values are", () => {
  const text =
    "i,f,b,d,t,z,s,n,m\n1,2,true,2024-01-01,2024-01-01 10:00,2024-01-01T10:00:00Z,x,,1\n,3.5,,,,,007,,2024-01-01\n";
  const rows = Buffer.from(text.slice(text.indexOf("\n") + 1));
  const types = ["integer", "number", "boolean", "date", "local-date-time", "date-time", "string", undefined, "string"];
  expect(csvTypes(rows, plainCsv, 9, { whole: true })).toEqual(types);
  expect(csvTypes(rows.subarray(0, -1), plainCsv, 9, { whole: false })).toEqual([
    ...types.slice(0, 6),
    "string",
    undefined,
    "integer",
  ]);
});

test("the first row as it stands", () => {
  const text = Buffer.from('# x\n"a\n1","b",,a\n1,2,3,4\n');
  const format = { ...plainCsv, comment: "#" };
  const row = firstCsvRow(text, format, 5, false);
  expect(row).toEqual({ fields: ["a\n1", "b", "", "a"], next: text.indexOf("1,2"), line: 8 });
  expect(firstCsvRow(text.subarray(0, 8), format, 1, false)).toBeUndefined();
  expect(firstCsvRow(Buffer.from("a,b"), format, 1, true)).toEqual({ fields: ["a", "b"], next: 3, line: 1 });
  expect(firstCsvRow(Buffer.from("# x\n\n"), format, 1, true)).toBeUndefined();
});
