import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { printJson, type JsonObject } from "ferry-cdk";
import { startServer, text } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { failure, NAME, readAll, run, withFile } from "./run-file-for-test.ts";

test.each<
  [name: string, format: string, content: string, options: JsonObject, types: JsonObject, records: readonly string[]]
>([
  [
    "a record a line",
    "jsonl",
    '{"id":1,"at":"2024-01-01","x":null}\n\n{"id":12345678901234567890,"ok":true}\n',
    {},
    { id: "integer", at: "string date", x: "string", ok: "boolean" },
    ['{"id":1,"at":"2024-01-01"}', '{"id":12345678901234567890,"ok":true}'],
  ],
  ["a list", "json", '\ufeff[{"a":1.50},\n{"a":2}]', {}, { a: "number" }, ['{"a":1.50}', '{"a":2}']],
  ["one record", "json", '{"a":{"b":[1]}}', {}, { a: "object" }, ['{"a":{"b":[1]}}']],
  [
    "records in a document",
    "json",
    '{"n":1,"d":{"r":[{"a":1}]}}',
    { records_path: ["d", "r"] },
    { a: "integer" },
    ['{"a":1}'],
  ],
  ["lines by the options", "json", '{"a":1}\n{"a":2}', { lines: true, nrows: 1 }, { a: "integer" }, ['{"a":1}']],
])("JSON: %s", async (_, format, content, reader_options, types, records) => {
  const found = await withFile(content, (file) => readAll({ ...file, format, reader_options }));
  expect(found.types).toEqual(types);
  const data = found.read.lines.filter((line) => line.includes('"RECORD"'));
  expect(data.map((line) => /"data":(.*),"emitted_at"/.exec(line)?.[1])).toEqual(records);
});

test("JSON: a value that does not fit is sent as null, and told", async () => {
  const schema = {
    properties: { a: { type: ["null", "integer"] }, at: { type: ["null", "string"], format: "date-time" } },
  };
  const content = '{"a":1,"at":"2024-01-01T00:00:00Z"}\n{"a":"x","at":"soon","b":1}\n{"a":2.0}\n';
  const read = await withFile(content, (file) => run("read", { ...file, format: "jsonl" }, schema));
  expect(printJson(read.records(NAME))).toBe('[{"a":1,"at":"2024-01-01T00:00:00Z"},{"b":1},{"a":2.0}]');
  const change = { change: "NULLED", reason: "SOURCE_SERIALIZATION_ERROR" };
  expect(read.of("RECORD").map(({ record }) => record.meta)).toEqual([
    undefined,
    {
      changes: [
        { field: "a", ...change },
        { field: "at", ...change },
      ],
    },
    undefined,
  ]);
  expect(read.logs()).toEqual([
    'WARN Record 2: "a" is not of its type: it is sent as null.',
    'WARN Record 2: "at" is not of its type: it is sent as null.',
    'WARN "a" was not of its type in 1 record, and was sent as null.',
    'WARN "at" was not of its type in 1 record, and was sent as null.',
  ]);
});

test.each<[string, string, JsonObject, RegExp]>([
  ["jsonl", "", {}, /which is empty/],
  ["jsonl", '{"a":1}\n{"a":\n', {}, /which is no JSON: behind record 1, the line "{\\"a\\":" is none/],
  ["jsonl", '{"a":1}\n5\n', {}, /whose record 2 is 5 but must be an object\.$/],
  ["json", '[{"a":1},', {}, /which is no JSON: The body ends inside its rows/],
  ["json", "[1,2]", {}, /whose record 1 is 1 but must be an object\. Where are the records\?/],
  ["json", "{}", { orient: "split" }, /orient is "split" but must be "records"/],
  ["parquet", "", {}, /which is empty/],
  ["parquet", "a,b\n1,2\n".repeat(10), {}, /which cannot be read as Parquet: .*Is \/format right\?/],
])("%s of %j fails", async (format, content, reader_options, message) => {
  expect(await withFile(content, (file) => failure({ ...file, format, reader_options }))).toMatch(message);
});

const types = fileURLToPath(new URL("../test/types.parquet", import.meta.url));

test("Parquet: every type, from this machine and by parts over HTTP", async () => {
  const bytes = readFileSync(types);
  await using server = await startServer({
    "/whole.parquet": text(bytes),
    "/parts.parquet": ({ headers }) => {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers["range"] ?? "") ?? [];
      const part = bytes.subarray(Number(from), Number(to) + 1);
      const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
      return text(part, { status: 206, headers: { "content-range": range, etag: '"1"' } });
    },
  });
  const places = [
    { url: types, provider: { storage: "local" } },
    { url: `${server.url}/whole.parquet`, provider: { storage: "HTTPS" } },
    { url: `${server.url}/parts.parquet`, provider: { storage: "HTTPS" } },
  ];
  for (const place of places) {
    const found = await readAll({ ...place, format: "parquet" });
    expect(found.types).toEqual({
      id: "integer",
      small: "integer",
      ratio: "number",
      price: "number",
      flag: "boolean",
      name: "string",
      day: "string date",
      local: "string date-time without zone",
      instant: "string date-time",
      tags: "array",
      nested: "object",
    });
    expect(found.records.map(printJson)).toEqual([
      '{"id":1,"small":-5,"ratio":1.0,"price":12.5,"flag":true,"name":"é","day":"1969-12-31","local":"2024-02-29T23:59:59.123456",' +
        '"instant":"2024-02-29T23:59:59.123Z","tags":["a","b"],"nested":{"n":1,"t":"x"}}',
      '{"id":1152921504606846976,"ratio":0.1,"flag":false,"tags":[]}',
      '{"small":7,"price":-0.01,"name":"x","day":"2024-02-29","local":"2024-02-29T23:59:59.123456","nested":{"n":null,"t":"y"}}',
    ]);
    expect(found.read.logs().filter((log) => log.startsWith("WARN"))).toEqual([]);
  }
});

test("Parquet: some columns, some rows", async () => {
  const config = { url: types, provider: { storage: "local" }, format: "parquet" };
  const { records } = await readAll({ ...config, reader_options: { columns: ["name", "id"], nrows: 2 } });
  expect(records.map(printJson)).toEqual(['{"id":1,"name":"é"}', '{"id":1152921504606846976}']);
  expect(await failure({ ...config, reader_options: { columns: ["nam"] } })).toContain('did you mean "name"?');
});
