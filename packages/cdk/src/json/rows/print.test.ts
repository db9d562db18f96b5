import { expect, test } from "vitest";
import { parseJson } from "../parse.ts";
import { isList } from "../value.ts";
import type { Batch } from "./batch.ts";
import { createRows } from "./create-rows.ts";
import { createRowPrinter } from "./print.ts";
import { valueRows } from "./value-rows.ts";

const HEAD = '{"type":"RECORD","record":{"stream":"é","data":';
const TAIL = ',"emitted_at":7}}\n';

const raw = (body: string): Batch[] => [...createRows({}).push(Buffer.from(body))];
const values = (body: string): Batch[] => {
  const rows = parseJson(body);
  return isList(rows) ? [valueRows(rows)] : [];
};

function printed(batches: readonly Batch[], size?: number): { text: string; writes: number } {
  const writes: string[] = [];
  const printer = createRowPrinter((bytes) => writes.push(Buffer.from(bytes).toString("latin1")), size);
  for (const batch of batches) printer.rows(batch, HEAD, TAIL);
  printer.flush();
  return { text: Buffer.from(writes.join(""), "latin1").toString(), writes: writes.length };
}

const long = "long ".repeat(100);

test.each([
  ['[{"a":1}]', ['{"a":1}']],
  ['[{"a":1.50},{"a":12345678901234567890}]', ['{"a":1.50}', '{"a":12345678901234567890}']],
  ['[ { "a" : null , "b" : [ 1 , null ] , "c" : null } ]', ['{"b":[1,null]}']],
  ['[{"a":null},{"a":null,"b":1},{"b":1,"a":null}]', ["{}", '{"b":1}', '{"b":1}']],
  ['[{"a":1,"a":2},{"b":"\\n日"}]', ['{"a":2}', '{"b":"\\n日"}']],
  ['[{"a":NaN,"b":1.0},{"c":1e5}]', ['{"a":null,"b":1.0}', '{"c":1e5}']],
  ['[{"\\u0061":1,"a":null}]', ["{}"]],
  ['[{"10":1,"2":null,"1":3}]', ['{"10":1,"1":3}']],
  [`[{"a":"${long}"},{"b" : "${long}"},{"c":1}]`, [`{"a":"${long}"}`, `{"b":"${long}"}`, '{"c":1}']],
])("rows of %s", (body, rows) => {
  const expected = rows.map((row) => HEAD + row + TAIL).join("");
  expect(printed(raw(body)).text).toBe(expected);
  for (const size of [1, 10, 100, 400, 600]) expect(printed(raw(body), size).text).toBe(expected);
  const batch = raw(body)[0]!;
  expect(Array.from({ length: batch.length }, (_, i) => batch.text(i))).toEqual(rows);
});

test.each([
  ['[{"a":null,"b":1.0,"c":[null]},{}]', ['{"b":1.0,"c":[null]}', "{}"]],
  ['[{"b":1,"a":null},{"10":null,"2":1,"1":12345678901234567890}]', ['{"b":1}', '{"2":1,"1":12345678901234567890}']],
])("values of %s", (body, rows) => {
  expect(printed(values(body)).text).toBe(rows.map((row) => HEAD + row + TAIL).join(""));
  expect(printed(values(body), 16).text).toBe(rows.map((row) => HEAD + row + TAIL).join(""));
});

test("writes when the buffer is full, not for each row", () => {
  const body = JSON.stringify(Array.from({ length: 5000 }, (_, id) => ({ id, note: "x".repeat(200) })));
  const { text, writes } = printed(raw(body));
  expect(text.split("\n")).toHaveLength(5001);
  expect(writes).toBeLessThan(10);
});

test("a row keeps its nulls after it was printed", () => {
  const row = { a: null, b: 1 };
  printed([valueRows([row])]);
  expect(row).toEqual({ a: null, b: 1 });
  expect(Object.keys(row)).toEqual(["a", "b"]);
});
