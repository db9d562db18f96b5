import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deepCopyObject } from "../../../json/deep-copy.ts";
import { parseJson } from "../../../json/parse.ts";
import { printJson } from "../../../json/print.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import { typeCaster } from "./cast-types.ts";

type Outcome = { record: JsonObject } | { error: string };
// The types are those of make-casts.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../../../test/tables/casts.json", import.meta.url), "utf8"),
) as unknown as {
  definitions: JsonObject;
  values: readonly (readonly [schema: JsonObject, value: Json, outcome: Outcome])[];
  records: readonly (readonly [schema: JsonObject, record: JsonObject, outcome: Outcome])[];
};

function cast(schema: JsonObject, record: JsonObject): string {
  const copied = deepCopyObject(record);
  typeCaster({ ...schema, definitions: table.definitions }, () => undefined)(copied);
  return printJson(copied);
}

const print = (outcome: Outcome): string => ("error" in outcome ? outcome.error : printJson(outcome.record));

describe("as the reference", () => {
  const schemas = [...new Set(table.values.map(([schema]) => printJson(schema)))];
  test.each(schemas)("%s", (schema) => {
    for (const [given, value, expected] of table.values) {
      if (printJson(given) !== schema) continue;
      const found = cast({ type: "object", properties: { v: given } }, { v: value });
      expect([printJson(value), found]).toEqual([printJson(value), print(expected)]);
    }
  });

  test.each(table.records.map((row) => [printJson(row[0]), printJson(row[1]), row] as const))(
    "%s of %s",
    (_, __, [schema, record, expected]) => {
      expect(cast(schema, record)).toBe(print(expected));
    },
  );
});

describe("where the reference fails", () => {
  test.each([
    [{ properties: { v: { type: "date" } } }, '{"v":5}', '{"v":5}'],
    [{ properties: { v: true, w: { type: "string" } } }, '{"v":5,"w":5}', '{"v":5,"w":"5"}'],
    [{ properties: { v: { type: "array", items: [{ type: "string" }] } } }, '{"v":[1]}', '{"v":[1]}'],
    [
      { properties: { v: { items: [{ properties: { x: { type: "string" } } }] } } },
      '{"v":[{"x":1},2]}',
      '{"v":[{"x":"1"},2]}',
    ],
    [{ properties: { v: { type: "integer" } } }, '{"v":Infinity}', '{"v":null}'],
    [{ properties: { v: { type: "number" } } }, `{"v":1${"0".repeat(400)}}`, `{"v":1${"0".repeat(400)}}`],
  ] as [JsonObject, string, string][])("%j of %s", (schema, record, expected) => {
    expect(cast(schema, parseJson(record) as JsonObject)).toBe(expected);
  });

  test("a $ref that leads nowhere is a config error", () => {
    expect(() => cast({ properties: { v: { $ref: "#/definitions/none" } } }, {})).toThrow(
      'The stream\'s schema refers to "#/definitions/none", which it does not hold.',
    );
  });
});

test("a value that cannot be cast is told by its field", () => {
  const told: unknown[] = [];
  const caster = typeCaster(
    { properties: { a: { type: "integer" }, b: { type: "array", items: { properties: { c: { type: "number" } } } } } },
    (...what) => told.push(what),
  );
  caster({ a: "x", b: [{ c: null }] });
  expect(told).toEqual([
    ["a", "x", "integer"],
    ["b.*.c", null, "number"],
  ]);
});
