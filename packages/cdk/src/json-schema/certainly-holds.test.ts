import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import type { Json, JsonObject } from "../json/value.ts";
import { certainlyHolds } from "./certainly-holds.ts";
import { schemaProblems } from "./schema-problems.ts";

const VALUES = [
  ...[
    "null",
    "true",
    "0",
    "3",
    "-1",
    "2.5",
    "1.0",
    "1e400",
    "12345678901234567890",
    '""',
    '"ab"',
    '"💡💡"',
    '"2020-01-01"',
  ],
  ...[
    "[]",
    "[1]",
    '["a","b"]',
    "[null,1]",
    "{}",
    '{"a":"x"}',
    '{"a":1,"b":null}',
    '{"a":{"kind":"k"}}',
    '{"__proto__":1}',
  ],
].map(parseJson);

const simple: readonly JsonObject[] = [
  {},
  ...["array", "boolean", "integer", "null", "number", "object", "string"].map((type) => ({ type })),
  { type: ["string", "null"] },
  { enum: ["ab", 3, null, true] },
  { const: "ab" },
  { minimum: 1, maximum: 3 },
  { minLength: 2, maxLength: 2 },
  { minItems: 1, maxItems: 1 },
  { pattern: "^\\d{4}-\\d\\d" },
  { items: { type: ["string", "null"] } },
  { type: "object", required: ["a"], properties: { a: { type: "string" } } },
  { type: "object", properties: { a: {} }, additionalProperties: false },
  { additionalProperties: { type: "integer" } },
  { oneOf: [{ type: "integer" }, { minimum: 2 }] },
  { anyOf: [{ type: "string" }, { type: "array" }] },
  { allOf: [{ type: "number" }, { maximum: 2.7 }] },
  {
    properties: { a: { oneOf: [{ properties: { kind: { const: "k" } } }, { type: "string" }] } },
    title: "A",
    order: 1,
  },
  { format: "date", airbyte_secret: true, $schema: "http://json-schema.org/draft-04/schema#", nullable: true },
];

test.each(simple)("a simple schema is judged as the library does: %j", (schema) => {
  for (const value of VALUES) expect([value, certainlyHolds(schema, value)]).toEqual([value, !fails(schema, value)]);
});

test.each<JsonObject>([
  { not: { type: "null" } },
  { $ref: "#/definitions/x", definitions: { x: {} } },
  { properties: { a: { if: {}, then: {} } } },
  { minimum: 3, exclusiveMinimum: true },
  { items: [{}] },
  { type: "text" },
  { type: [] },
  { required: true },
  { enum: [] },
  { enum: [[1]] },
  { properties: { a: "string" } },
  { pattern: 5 },
])("others need a closer look: %j", (schema) => {
  expect(certainlyHolds(schema, {})).toBe(false);
});

function fails(schema: JsonObject, value: Json): boolean {
  return schemaProblems(schema, value).length > 0;
}
