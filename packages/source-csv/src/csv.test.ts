import { appendFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "ferry-cdk";
import { expect, test } from "vitest";
import { localFile } from "./storage/local-file.ts";
import { failure, NAME, readAll, run, withFile } from "./run-file-for-test.ts";

const demo = fileURLToPath(new URL("../demo/orders.csv", import.meta.url));

test("the demo's file: types, nulls, a quoted line break, a ragged row", async () => {
  const { types, records, read } = await readAll({ url: demo, provider: { storage: "local" } });
  expect(types).toEqual({
    order_id: "integer",
    customer: "string",
    country: "string",
    ordered_on: "string date",
    shipped_at: "string date-time without zone",
    quantity: "integer",
    unit_price: "number",
    gift: "boolean",
    note: "string",
  });
  expect(records).toHaveLength(32);
  expect(records[1]).toMatchObject({
    order_id: 1002,
    shipped_at: "2026-01-05T14:40:30",
    note: 'Card: "Til hamingju!"',
  });
  expect(records[2]).not.toHaveProperty("shipped_at");
  expect(records[6]).toMatchObject({ note: "Call before\ndelivery" });
  expect(records[26]).toMatchObject({ country: "NA" });
  expect(read.logs()).toEqual([
    "WARN Line 18 has 7 fields for 9 columns: the others are null.",
    "WARN 1 row had another number of fields than there are columns: 1 too few (null), 0 too many (cut off).",
  ]);
  expect(read.statuses(NAME)).toEqual(["STARTED", "RUNNING", "COMPLETE"]);
  expect(read.lines.at(-1)).toBe(
    `{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"${NAME}"},"stream_state":{"__ab_no_cursor_state_message":true}},"sourceStats":{"recordCount":32.0}}}`,
  );
});

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

test.each<
  [
    name: string,
    content: string | Buffer,
    options: JsonObject | string,
    records: readonly JsonObject[],
    format?: string,
  ]
>([
  ["a BOM", "\ufeffa,b\n1,2\n", {}, [{ a: 1, b: 2 }]],
  ["tabs", "a\tb\n1\t2\n", {}, [{ a: 1, b: 2 }], "tsv"],
  ["options as a text", "a;b\n1,5;2\n", '{"sep": ";", "decimal": ","}', [{ a: 1.5, b: 2 }]],
  [
    "no names",
    "1,x\n2,y\n",
    { header: null },
    [
      { "0": 1, "1": "x" },
      { "0": 2, "1": "y" },
    ],
  ],
  ["names given", "1,x\n", { names: ["n", "t"] }, [{ n: 1, t: "x" }]],
  ["names given in place of others", "a,b\n1,x\n", { names: ["n", "t"], header: 0 }, [{ n: 1, t: "x" }]],
  ["lines left out", 'Report "1\n\na,b\n1,2\n', { skiprows: 2 }, [{ a: 1, b: 2 }]],
  ["the second row has the names", "x,y\na,b\n1,2\n", { header: 1 }, [{ a: 1, b: 2 }]],
  ["comments", "# x\na,b\n1,2 # y\n", { comment: "#" }, [{ a: 1, b: 2 }]],
  ["names twice, and none", "a,a,,b\n1,2,3,4\n", {}, [{ a: 1, "a.1": 2, "Unnamed: 2": 3, b: 4 }]],
  [
    "NA stays NA",
    "a,b\nNA,1\nx,NA\n",
    {},
    [
      { a: "NA", b: "1" },
      { a: "x", b: "NA" },
    ],
  ],
  ["NA is null where asked", "a,b\nNA,1\nx,-\n", { na_values: ["NA", "-"] }, [{ b: 1 }, { a: "x" }]],
  ["pandas's nulls", "a,b\nnull,1\nx,n/a\n", { keep_default_na: true }, [{ b: 1 }, { a: "x" }]],
  ["no nulls", "a,b\n,1\nx,\n", { na_filter: false }, [{ a: "", b: 1 }, { a: "x" }]],
  ["types stated", "zip,n\n01234,5\n", { dtype: { n: "str" } }, [{ zip: "01234", n: "5" }]],
  ["some columns", "a,b,c\n1,2,3\n", { usecols: ["a", 2] }, [{ a: 1, c: 3 }]],
  ["some rows", "a\n1\n2\n3\n", { nrows: 2 }, [{ a: 1 }, { a: 2 }]],
  ["no rows", "a,b\n", {}, []],
  ["windows-1252", latin1("a,b\n\xe9,\x80\n"), { encoding: "cp1252" }, [{ a: "é", b: "€" }]],
  ["UTF-16 by its mark", Buffer.from("\ufeffa,b\nä,2\n", "utf16le"), {}, [{ a: "ä", b: 2 }]],
  ["UTF-16 by its name", Buffer.from("a,b\nä,2\n", "utf16le"), { encoding: "utf-16-le" }, [{ a: "ä", b: 2 }]],
  ["long rows dropped", "a,b\n1,2,3\n4,5\n", { on_bad_lines: "skip" }, [{ a: 4, b: 5 }]],
  ["quotes are text", 'a,b\n"1,2\n', { quoting: 3 }, [{ a: '"1', b: 2 }]],
  ["backslashes", 'a,b\n"x\\"y",2\n', { escapechar: "\\", doublequote: false }, [{ a: 'x"y', b: 2 }]],
])("%s", async (_, content, options, records, format = "csv") => {
  const result = await withFile(content, (file) => readAll({ ...file, format, reader_options: options }));
  expect(result.records).toEqual(records);
});

test("a value that does not fit later is sent as null, and told", async () => {
  const wide = "some text ".repeat(50);
  const rows = Array.from({ length: 10_000 }, (_, id) => `${id},${wide}\n`).join("");
  const { read } = await withFile(`id,note\n${rows}x7,last\n`, readAll);
  expect(read.of("STATE")[0]!.state.sourceStats).toMatchObject({ recordCount: { value: 10_001 } });
  const last = read.of("RECORD").at(-1)!.record;
  expect(last.data).toEqual({ note: "last" });
  expect(last.meta).toEqual({ changes: [{ field: "id", change: "NULLED", reason: "SOURCE_SERIALIZATION_ERROR" }] });
  expect(read.logs()).toEqual([
    'WARN Line 10002: "x7" is no integer, the type of "id": it is sent as null.',
    'WARN 1 value of "id" were no integer and were sent as null. To keep them, state its type: "dtype": {"id": "str"}.',
  ]);
});

test("the catalog's types are those of the records; what it does not know is told", async () => {
  const schema = { properties: { a: { type: ["null", "string"] }, c: { type: "integer" } } };
  const read = await withFile("a,b\n1,2\n", (file) => run("read", file, schema));
  expect(read.records(NAME)).toEqual([{ a: "1", b: 2 }]);
  expect(read.logs()).toEqual([
    `WARN ${NAME}: the file has no column "c" any more.`,
    `WARN ${NAME}: the catalog does not know the column "b".`,
  ]);
});

test("a ragged row may be an error", async () => {
  const read = await withFile("a,b\n1,2\n1,2,3\n", (file) =>
    run("read", { ...file, reader_options: { on_bad_lines: "error" } }),
  );
  expect(read.exitCode).toBe(1);
  expect(read.statuses(NAME)).toEqual(["STARTED", "INCOMPLETE"]);
  expect(read.of("TRACE").find(({ trace }) => trace.type === "ERROR")!.trace.error!.message).toBe(
    'Line 3 has 3 fields for 2 columns, and /reader_options/on_bad_lines is "error". To read on, say "skip", or leave it out.',
  );
});

test("a file that is changed while it is read is an error", async () => {
  await withFile("a,b\n".repeat(100_000), async (_, path) => {
    const parts = localFile(path).bytes()[Symbol.asyncIterator]();
    await parts.next();
    await appendFile(path, "3,4\n");
    await expect(Promise.all([parts.next(), parts.next(), parts.next()])).rejects.toThrow(
      "was changed while it was read",
    );
  });
});

test.each<[content: string | Buffer, options: JsonObject | string, message: RegExp]>([
  ["", {}, /^\/url is ".*things.csv", which is empty/],
  ["a,b\n", { skiprows: 5 }, /no row with names: it ends before it. It has 4 bytes; \/reader_options\/skiprows is 5/],
  [
    "a;b\n1;2\n",
    {},
    /^\/reader_options\/sep is ",", which does not occur in the first rows; ";" makes 2 fields of each/,
  ],
  ["a,b\n1,2\n", { sep: ";" }, /^\/reader_options\/sep is ";", .* "," makes 2 fields/],
  [
    latin1("a,b\n1,caf\xe9\n"),
    {},
    /^The file is not in UTF-8: byte 10 is 0xe9, behind "a,b\\n1,caf"\. Name its encoding/,
  ],
  [
    Buffer.from("a,b\n1,2\n", "utf16le"),
    {},
    /not in UTF-8. It looks like "utf-16": name that in \/reader_options\/encoding/,
  ],
  ["a,b\n1,2\n", { encoding: "klingon" }, /^\/reader_options\/encoding is "klingon", which is no encoding/],
  [
    Buffer.from([0x61, 0x0a, 0x81]),
    { encoding: "cp1252" },
    /^\/reader_options\/encoding is "cp1252", but the file is in another one/,
  ],
  ["<!DOCTYPE html><p>Log in</p>", {}, /is no CSV but a web page/],
  ['{"a":1}\n', {}, /is no CSV but JSON: \/format must be "jsonl"/],
  [
    'a,b\n1,"2\n',
    {},
    /^Line 2 opens a quote that is never closed. Name the file's quote in \/reader_options\/quotechar/,
  ],
  ["a,b\n1,2\n", "{sep: 1}", /^\/reader_options is "{sep: 1}" but must be JSON/],
  ["a,b\n1,2\n", "[]", /^\/reader_options is "\[\]" but must be a JSON object/],
  ["a,b\n1,2\n", { seperator: ";" }, /^\/reader_options\/seperator is not known/],
  [
    "a,b\n1,2\n",
    { encodng: "x", header: "x" },
    /encodng is not known: did you mean encoding\?\n\/reader_options\/header is "x" but must be/,
  ],
  ["a,b\n1,2\n", { index_col: 0 }, /^\/reader_options\/index_col cannot be used/],
  ["a,b\n1,2\n", { names: ["a"] }, /names has 1 names, but line 1 has 2 fields/],
  ["alpha,b\n1,2\n", { usecols: ["alpa"] }, /usecols names "alpa", which is no column: did you mean "alpha"\?/],
])("%j with %j fails", async (content, options, message) => {
  expect(await withFile(content, (file) => failure({ ...file, reader_options: options }))).toMatch(message);
});

test.each([
  [{ url: "/nowhere/x.csv" }, '/url is "/nowhere/x.csv", which cannot be read: there is no such file.'],
  [{ url: "/tmp" }, '/url is "/tmp", which cannot be read: it is a folder.'],
  [{ url: "https://example.com/x.csv" }, '/url is "https://example.com/x.csv" but must be a path'],
])("%j cannot be read", async ({ url }, message) => {
  expect(await failure({ url, provider: { storage: "local" } })).toContain(message);
});

test("options that change nothing are left aside", async () => {
  const reader_options = { engine: "c", parse_dates: ["b"], lines: true };
  const { read } = await withFile("a,b\n1,2\n", (file) => readAll({ ...file, reader_options }));
  expect(read.logs()).toEqual([
    "WARN /reader_options/engine is left aside: there is one way to read.",
    "WARN /reader_options/parse_dates is left aside: dates are recognised by themselves.",
    "WARN /reader_options/lines is left aside: it says nothing to csv.",
  ]);
});
