import { describe, expect, test } from "vitest";
import { printJson } from "../print.ts";
import { repr } from "../python-text.ts";
import type { Json } from "../value.ts";
import { createRows, type RowsOptions } from "./create-rows.ts";

interface Read {
  readonly rows: readonly string[];
  /** Rows that stayed bytes. */
  readonly raw: number;
  readonly response: Json | undefined;
}

function read(body: string | Buffer, options: RowsOptions = {}, size = Infinity): Read {
  const bytes = Buffer.from(body);
  const rows: string[] = [];
  let raw = 0;
  const reader = createRows(options);
  for (let at = 0; at < bytes.length; at += size) {
    for (const batch of reader.push(bytes.subarray(at, at + size))) {
      raw += batch.length;
      for (let i = 0; i < batch.length; i++) rows.push(batch.text(i));
    }
  }
  const rest = reader.end();
  for (;;) {
    const step = rest.next();
    if (step.done === true) return { rows, raw, response: step.value };
    if (step.value.places !== undefined) raw += step.value.length;
    for (let i = 0; i < step.value.length; i++) rows.push(step.value.text(i));
  }
}

const SIZES = [Infinity, 1, 2, 7];

describe("documents", () => {
  const table: [body: string, path: string, rows: string[], response: string][] = [
    ['{"data":[{"a":1},{"a":2}],"next":"n"}', "data", ['{"a":1}', '{"a":2}'], '{"data":[],"next":"n"}'],
    ['{"n":1.0,"r":{"items":[{"a":1}],"b":2}}', "r.items", ['{"a":1}'], '{"n":1.0,"r":{"items":[],"b":2}}'],
    ['[{"a":1},{"b":null,"c":2}]', "", ['{"a":1}', '{"c":2}'], "[]"],
    ['{"a":1,"b":null}', "", ['{"a":1}'], "{}"],
    ['{"data":{"a":1},"n":2}', "data", ['{"a":1}'], '{"data":{},"n":2}'],
    ['{"data":[]}', "data", [], '{"data":[]}'],
    ["[]", "", [], "[]"],
    ['{"data":{}}', "data", [], '{"data":{}}'],
    ["{}", "", [], "{}"],
    // {} in a list is a record, among bodies it is none
    ['{"data":[{},{"a":1}]}', "data", ["{}", '{"a":1}'], '{"data":[]}'],
    ['[{},{"a":1}]', "", ['{"a":1}'], "[]"],
    // what the reference makes of bodies and rows that are no objects
    ['{"data":[1,"x",null,[2],{"a":1}]}', "data", ["1", '"x"', "null", "[2]", '{"a":1}'], '{"data":[]}'],
    ['[1,0,null,"",false,[],[{"a":1},0],"x"]', "", ["1", '{"a":1}', "0", '"x"'], "[]"],
    ['[{"data":[{"a":1}]},{"data":{"a":2}},{},3]', "data", ['{"a":1}', '{"a":2}'], ""],
    ['{"data":[[{"a":1}],[{"a":2}]]}', "data.1", ['{"a":2}'], ""],
    // read as a whole
    ['{"data":null,"n":1}', "data", [], ""],
    ['{"data":7.0}', "data", ["7.0"], ""],
    ['{"data":0}', "data", [], ""],
    ['{"other":[{"a":1}]}', "data", [], ""],
    ['{"r":[1]}', "r.items", [], ""],
    ["7", "", ["7"], ""],
    ["null", "", [], ""],
    // bytes stay as they were sent
    [
      '{"data":[{"a":1.0,"b":1.50,"c":12345678901234567890123,"d":1e2,"e":"\\u00e9\\/"}]}',
      "data",
      ['{"a":1.0,"b":1.50,"c":12345678901234567890123,"d":1e2,"e":"\\u00e9\\/"}'],
      '{"data":[]}',
    ],
    [' { "data" : [ { "a" : [ 1 , 2 ] } ] } ', "data", ['{"a":[1,2]}'], '{"data":[]}'],
    ['\ufeff{"data":[{"a":1}]}', "data", ['{"a":1}'], '{"data":[]}'],
    ["\ufeff7", "", ["7"], ""],
    // but for these
    ['[{"a":1,"b":2,"a":null}]', "", ['{"b":2}'], "[]"],
    ['[{"a":1,"\\u0061":2}]', "", ['{"a":2}'], "[]"],
    ['[{"a":NaN,"b":[-Infinity]},{"a":1e999}]', "", ['{"a":null,"b":[null]}', '{"a":null}'], "[]"],
    // the path's key
    ['{"\\u0064ata":[{"a":1}]}', "data", ['{"a":1}'], '{"data":[]}'],
    ['{"x":{"data":[9]},"data":[{"a":1}]}', "data", ['{"a":1}'], '{"x":{"data":[9]},"data":[]}'],
    ['{"data":1,"data":[{"a":1}]}', "data", ['{"a":1}'], ""],
    ['{"__proto__":[{"a":1}]}', "__proto__", ['{"a":1}'], '{"__proto__":[]}'],
    ['{"10":[{"a":1}],"9":1}', "10", ['{"a":1}'], '{"10":[],"9":1}'],
  ];
  test.each(table)("%s at %s", (body, path, rows, response) => {
    for (const size of SIZES) {
      const found = read(body, { path: path === "" ? [] : path.split(".") }, size);
      expect(found.rows).toEqual(rows);
      if (response !== "") expect(printJson(found.response!)).toBe(response);
      else expect(found.raw).toBe(0);
    }
  });

  test("with wildcards in the path the whole body is extracted by the caller", () => {
    const extract = (body: Json): Json[] => [body, 1];
    expect(read('{"a":[1]}', { path: ["*"], extract })).toMatchObject({ rows: ['{"a":[1]}', "1"], raw: 0 });
    expect(read('{"a":7}', { path: ["a"], extract }).rows).toEqual(['{"a":7}', "1"]);
  });
});

describe("lines", () => {
  const table: [body: string, rows: string[], skipped: string[]][] = [
    ['{"a":1}\n{"a":null,"b":2}\n', ['{"a":1}', '{"b":2}'], []],
    ['{"a":1}\r\n\r\n\n {"a":2} ', ['{"a":1}', '{"a":2}'], []],
    ['\ufeff{"a":1}', ['{"a":1}'], []],
    ["", [], []],
    ['{"a":1}\nnot JSON\n{"a":2}', ['{"a":1}', '{"a":2}'], ["not JSON"]],
    ['{"a":1} {"a":2}\n{"a":3}\n', ['{"a":3}'], ['{"a":1} {"a":2}']],
    ['{"a":\n1}\n{"a":3}\n{"b', ['{"a":3}'], ['{"a":', "1}", '{"b']],
    ['{}\n0\n[{"a":1},[2]]\n"x"\n12', ['{"a":1}', "[2]", '"x"', "12"], []],
    ['{"a":NaN}\n', ['{"a":null}'], []],
  ];
  test.each(table)("%j", (body, rows, expected) => {
    for (const size of SIZES) {
      const skipped: string[] = [];
      const found = read(body, { lines: true, skipLine: (line) => skipped.push(line) }, size);
      expect(found.rows).toEqual(rows);
      expect(skipped).toEqual(expected);
      expect(found.response).toBeUndefined();
    }
  });

  test("a faulty line is a fault of the body where nobody is told of it", () => {
    expect(() => read('{"a":1}\nx\n', { lines: true })).toThrow("Expecting value: line 1 column 1 (char 0)");
  });
});

describe("faults", () => {
  test.each([
    ['{"data":[{"a":1},]}', "The body is not JSON at byte 17"],
    ['{"data":[{"a":1} {"a":2}]}', "The body is not JSON at byte 17"],
    ['{"data":[{"a":1}', "The body ends inside its rows"],
    ['{"data":[{"a":', "The body ends inside its rows"],
    ['{"data":[{"a":1}]', "The body is not JSON behind its rows: Expecting ',' delimiter"],
    ['{"data":[{"a":1}],"data":[{"a":2}]}', 'The body has "data" twice'],
    ["<html>", "Expecting value: line 1 column 1 (char 0)"],
    ["", "Expecting value: line 1 column 1 (char 0)"],
    ['{"data"', "Expecting ':' delimiter: line 1 column 8 (char 7)"],
    [Buffer.from('{"data":[{"a":"\xff"}]}', "latin1"), "The body is not UTF-8"],
    [Buffer.from('{"a":"\xff"}', "latin1"), "The body is not UTF-8"],
    [`{"data":[${"[".repeat(1001)}${"]".repeat(1001)}]}`, "The body is not JSON at byte 1009"],
  ])("%s", (body, message) => {
    const failing = (): Read => read(body, { path: ["data"] });
    expect(failing).toThrow(SyntaxError);
    expect(failing).toThrow(message);
  });
});

test("fields and values, announced or not", () => {
  const body = '[{"a":1.0,"b":"x\\n","d":"plain"},{"b":null,"c":{"e":12345678901234567890}},{"a":1,"a":2},7]';
  const [batch] = createRows({ path: ["r"], fields: ["a", "b", "c", "d", "x".repeat(200)] }).push(
    Buffer.from(`{"r":${body}}`),
  );
  const field = (i: number, name: string): string => {
    const value = batch!.field(i, name);
    return value === undefined ? "" : repr(value);
  };
  const fields = [0, 1, 2, 3].map((i) => ["a", "b", "c", "d", "other"].map((name) => field(i, name)));
  expect(fields).toEqual([
    ["1.0", "'x\\n'", "", "'plain'", ""],
    ["", "None", "{'e': 12345678901234567890}", "", ""],
    ["2", "", "", "", ""],
    ["", "", "", "", ""],
  ]);
  expect([0, 1, 2, 3].map((i) => repr(batch!.value(i)))).toEqual([
    "{'a': 1.0, 'b': 'x\\n', 'd': 'plain'}",
    "{'b': None, 'c': {'e': 12345678901234567890}}",
    "{'a': 2}",
    "7",
  ]);
  expect(batch!.value(0)).toBe(batch!.value(0));
  expect(batch!.onlyObjects).toBe(false);
});

test("the same announced fields for a reader between the chunks of another", () => {
  const first = createRows({ fields: ["a"] });
  const second = createRows({ fields: ["b"] });
  const values: (Json | undefined)[] = [];
  for (const chunk of ["[{", '"a":1,"b":2}', ',{"a":3,"b":4}', "]"]) {
    for (const batch of first.push(Buffer.from(chunk))) values.push(batch.field(0, "a"));
    for (const batch of second.push(Buffer.from(chunk))) values.push(batch.field(0, "b"));
  }
  expect(values).toEqual([1, 2, 3, 4]);
});

test("a row much larger than a chunk, and many rows in one", () => {
  const large = JSON.stringify({
    id: 1,
    text: "x".repeat(3_000_000),
    list: Array.from({ length: 200_000 }, () => null),
  });
  expect(read(`[${large},{"id":2}]`, {}, 65536)).toMatchObject({ rows: [large, '{"id":2}'], raw: 2 });
  const spaced = large.replaceAll(",", " , "); // more cuts than there is room for
  expect(read(`[{"id":0},${spaced},{"id":2}]`).rows).toEqual(['{"id":0}', large, '{"id":2}']);
  const many = Array.from({ length: 100_000 }, (_, id) => `{"id":${id}}`);
  expect(read(`[${many.join(",")}]`, { fields: ["id"] }).rows).toEqual(many);
});
