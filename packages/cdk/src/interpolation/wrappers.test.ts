import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../json/value.ts";
import { compileBoolean } from "./boolean.ts";
import { compileMapping } from "./mapping.ts";
import { compileNestedMapping } from "./nested-mapping.ts";
import { compileString, compileText } from "./string.ts";

const config = { a: "x", number: 5, missing: null, text: "007", list: "[1, 2]" };

test.each<[source: string, result: Json]>([
  ["{{ config.a }}", "x"],
  ["{{ config.number }}", 5],
  ["", ""],
  ["{{ config.nope }}", ""],
  ["5", 5],
])("string %s", (source, result) => {
  expect(compileString(source)({ config })).toBe(result);
});

test("a string whose template comes to itself when first evaluated stays so, as in the reference", () => {
  const template = compileString("{{ config.a + 1 }}");
  expect(template({ config: { a: "x" } })).toBe("{{ config.a + 1 }}");
  expect(template({ config: { a: 1 } })).toBe("{{ config.a + 1 }}");
  expect(compileString("{{ config.a + 1 }}")({ config: { a: 1 } })).toBe(2);
});

test.each([
  ["{{ config.number }}", "5"],
  ["{{ (1, 2) }}", "(1, 2)"],
  ["{{ config.missing }}", "None"],
])("text %s", (source, result) => {
  expect(compileText(source)({ config })).toBe(result);
});

test.each([
  ["{{ config.a == 'x' }}", true],
  ["{{ config.nope }}", false],
  ["{{ 'False' }}", false],
  ["{{ 'no' }}", true],
  ["{{ 0.0 }}", false],
  ["{{ [] }}", false],
  ["{{ {} }}", false],
  ["set()", false],
  ["{{ none }}", false],
  ["{{ config.nope.deeper }}", false],
])("condition %s", (source, result) => {
  expect(compileBoolean(source)({ config })).toBe(result);
});

describe("mappings", () => {
  test.each<[mapping: JsonObject, result: JsonObject]>([
    [{ "{{ config.a }}": "{{ config.number }}" }, { x: 5 }],
    [
      { a: 1, b: true, c: null },
      { a: 1, b: true, c: null },
    ],
    [{ "5": "{{ config.list }}" }, { "5": [1, 2] }],
    [{ a: "{{ config.nope }}" }, { a: null }],
  ])("%j", (mapping, result) => {
    expect(compileMapping(mapping)({ config })).toEqual(result);
  });

  test("literals in values keep to the types that are asked for", () => {
    const mapping = compileMapping(
      { a: "{{ config.number }}", b: "{{ config.list }}" },
      { valueTypes: ["str", "list"] },
    );
    expect(mapping({ config })).toEqual({ a: "5", b: [1, 2] });
  });

  test.each<[mapping: Json, result: Json]>([
    [{ a: { b: ["{{ config.number }}", { c: "{{ config.a }}" }] } }, { a: { b: [5, { c: "x" }] } }],
    [{ a: "{{ config.nope }}", b: [null, "{{ config.nope }}"], c: null }, { b: [null, null] }],
    [
      { "{{ config.number }}": 1, "{{ none }}": 2, True: 3 },
      { "5": 1, null: 2, true: 3 },
    ],
    ["{{ config.a }}", "x"],
    [7, 7],
  ])("nested %j", (mapping, result) => {
    expect(compileNestedMapping(mapping)({ config })).toEqual(result);
  });

  test("reads and errors are those of all parts", () => {
    const mapping = compileNestedMapping({ a: ["{{ config.x }}", { "{{ record.y }}": "{{ }}" }] });
    expect(mapping.reads).toEqual([
      ["config", "x"],
      ["record", "y"],
    ]);
    expect(mapping.error?.code).toBe("template-syntax");
  });
});
