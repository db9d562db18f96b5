import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../json/parse.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import type { JsonObject } from "../../json/value.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { findColumns } from "./columns.ts";
import { openOut, type OutFormat } from "./open-out.ts";

const rows = (...texts: readonly string[]): JsonObject[] => texts.map((text) => parseJson(text) as JsonObject);

test.each<[string, JsonObject, string[], string]>([
  ["integers", { type: "integer" }, ["1", "9223372036854775807", "null"], "int64"],
  ["integers beyond 64 bits", { type: "integer" }, ["1", "9223372036854775808"], "decimal"],
  ["integers beyond all", { type: "integer" }, ["1".repeat(39)], "json"],
  ["numbers", { type: "number" }, ["1", "1.5"], "double"],
  ["numbers that are all whole", { type: ["null", "number"] }, ["1", "2"], "double"],
  ["whole numbers that no double holds", { type: "number" }, ["9007199254740993"], "int64"],
  ["those beside others", { type: "number" }, ["9007199254740993", "1.5"], "json"],
  ["whole floats", {}, ["1.0"], "double"],
  ["truth", {}, ["true", "null"], "boolean"],
  ["texts", { type: "string" }, ['"a"'], "text"],
  ["days", { type: "string", format: "date" }, ['"2026-02-28"'], "date"],
  ["days that are none", { type: "string", format: "date" }, ['"2026-02-30"'], "text"],
  ["instants", { type: "string", format: "date-time" }, ['"2026-02-28T01:02:03.123456+02:00"'], "timestamp"],
  ["times of no zone", { type: "string", format: "date-time" }, ['"2026-02-28 01:02:03"'], "local-timestamp"],
  ["both", { type: "string", format: "date-time" }, ['"2026-02-28 01:02:03"', '"2026-02-28T01:02:03Z"'], "text"],
  ["times too fine", { type: "string", format: "date-time" }, ['"2026-02-28T01:02:03.123456789Z"'], "text"],
  ["other than declared", { type: "integer" }, ['"a"'], "text"],
  ["of several kinds", { type: ["integer", "string"] }, ["1", '"a"'], "json"],
  ["nested", { type: "object" }, ['{"a":[1]}'], "json"],
  ["nothing that is declared", { type: "integer" }, ["null"], "int64"],
  ["nothing at all", {}, ["null"], "text"],
])("%s", (_, schema, values, expected) => {
  const finder = findColumns({ properties: { v: schema } });
  for (const record of rows(...values.map((value) => `{"v":${value}}`))) finder.see(record);
  expect(finder.columns()).toEqual([{ name: "v", type: expected }]);
});

test("columns are those of the schema, then others as they came", () => {
  const finder = findColumns({ properties: { b: { type: "string" }, a: { type: "integer" } } });
  for (const record of rows('{"z":1,"a":1}', '{"y":1,"b":"x"}')) finder.see(record);
  expect(finder.columns().map(({ name }) => name)).toEqual(["b", "a", "z", "y"]);
});

const catalog = (...names: readonly string[]): ConfiguredAirbyteCatalog => ({
  streams: names.map((name) => ({
    stream: { name, json_schema: { properties: { id: {}, text: {} } }, supported_sync_modes: ["full_refresh"] },
    sync_mode: "full_refresh",
    destination_sync_mode: "append",
  })),
});
async function folder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "ferry-out-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
const records = rows(
  '{"id":12345678901234567890,"text":"a \\"b\\", \\u2028\\n"}',
  '{"id":1.0,"text":""}',
  '{"more":{"n":[1]}}',
);

test.each<[string, OutFormat | undefined, string, string]>([
  [
    "a.jsonl",
    undefined,
    "a.jsonl",
    '{"id":12345678901234567890,"text":"a \\"b\\", \u2028\\n"}\n{"id":1.0,"text":""}\n{"more":{"n":[1]}}\n',
  ],
  [
    "a.csv",
    undefined,
    "a.csv",
    'id,text,more\r\n12345678901234567890,"a ""b"", \u2028\n",\r\n1.0,"",\r\n,,"{""n"":[1]}"\r\n',
  ],
  ["new/folder", "csv", "new/folder/a_b.csv", "id,text,more\r\n"],
])("records go to %s as %s", async (target, format, file, expected) => {
  await using temporary = await folder();
  const out = openOut(join(temporary.path, target), format, catalog("a/b"));
  out.write({ stream: "a/b", batch: valueRows(records) });
  const path = await out.finish("a/b");
  out.discard();
  expect(path).toBe(join(temporary.path, file));
  const content = await readFile(path, "utf8");
  expect(content).toContain(expected);
  expect(await readdir(join(path, ".."))).toHaveLength(1);
});

test("a file that is not finished leaves the old one as it was, and nothing beside it", async () => {
  await using temporary = await folder();
  await writeFile(join(temporary.path, "a.jsonl"), "old\n");
  const out = openOut(temporary.path, undefined, catalog("a", "b"));
  for (const stream of ["a", "b"]) out.write({ stream, batch: valueRows(records) });
  await out.finish("b");
  out.discard();
  expect(await readFile(join(temporary.path, "a.jsonl"), "utf8")).toBe("old\n");
  expect((await readdir(temporary.path)).sort()).toEqual(["a.jsonl", "b.jsonl"]);
});

test("one file is for one stream, and a stream without records makes an empty one", async () => {
  await using temporary = await folder();
  await mkdir(join(temporary.path, "x.csv"));
  expect(() => openOut(join(temporary.path, "all.csv"), undefined, catalog("a", "b"))).toThrow(
    "is a file, but 2 streams are read: name a folder, or one --stream.",
  );
  const out = openOut(join(temporary.path, "x.csv"), "csv", catalog("a", "b"));
  expect(await readFile(await out.finish("a"), "utf8")).toBe("id,text\r\n");
});
