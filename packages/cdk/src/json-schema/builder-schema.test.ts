import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import type { JsonObject } from "../json/value.ts";
import { createBuilderSchema } from "./builder-schema.ts";

const nullable = (type: string, more: object = {}): object => ({ type: [type, "null"], ...more });

// Made by the reference's schema inferrer.
test.each<[string, string[], object]>([
  ["whole numbers and fractions", ['{"n": 1}', '{"n": 1.5}'], { n: nullable("number") }],
  ["always null", ['{"n": null, "a": "x"}'], { a: nullable("string") }],
  ["null at times", ['{"a": null}', '{"a": true}'], { a: { type: ["boolean", "null"] } }],
  ["several plain types", ['{"a": "x"}', '{"a": 1}', '{"a": null}'], { a: { type: ["number", "string", "null"] } }],
  [
    "objects of several shapes",
    ['{"o": {"a": 1}}', '{"o": {"b": "x"}}', '{"o": null}'],
    { o: nullable("object", { properties: { a: nullable("number"), b: nullable("string") } }) },
  ],
  [
    "an object or a text: what is within stays as it is",
    ['{"o": {"a": 1}}', '{"o": "x"}'],
    { o: { anyOf: [{ type: "string" }, { type: "object", properties: { a: { type: "number" } } }] } },
  ],
  ["empty objects and lists", ['{"o": {}, "l": []}'], { o: nullable("object"), l: nullable("array") }],
  ["lists", ['{"l": [1, "x"]}'], { l: nullable("array", { items: { type: ["number", "string", "null"] } }) }],
  ["lists of nulls only", ['{"l": [null]}'], { l: nullable("array", { items: { type: ["null", "null"] } }) }],
  [
    "an empty list, then objects",
    ['{"l": []}', '{"l": [{"a": 1}]}'],
    { l: nullable("array", { items: nullable("object", { properties: { a: nullable("number") } }) }) },
  ],
])("%s", (_, records, properties) => {
  const schema = createBuilderSchema([]);
  for (const record of records) schema.add(parseJson(record) as JsonObject);
  expect(schema.schema()).toEqual({
    schema: { $schema: "http://json-schema.org/schema#", type: "object", properties },
    problems: [],
  });
});

test("keys are required, and are never null", () => {
  const schema = createBuilderSchema([["id"], ["at"], ["id"]]);
  schema.add({ id: 1, at: "x" });
  expect(schema.schema()).toMatchObject({
    schema: { properties: { id: { type: "number" }, at: { type: "string" } }, required: ["id", "at"] },
    problems: [],
  });
});

test("a key that no record has is told", () => {
  const schema = createBuilderSchema([["id"]]);
  schema.add({ id: null, a: 1 });
  const { problems = [] } = schema.schema() ?? {};
  expect(problems).toEqual([expect.stringContaining('has no field "id"')]);
});

test("without records there is no schema", () => {
  expect(createBuilderSchema([["id"]]).schema()).toBeUndefined();
});
