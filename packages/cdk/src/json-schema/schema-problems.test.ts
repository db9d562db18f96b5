import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import type { JsonObject } from "../json/value.ts";
import { schemaProblems } from "./schema-problems.ts";

const object = (properties: object, more: object = {}): JsonObject =>
  ({ type: "object", properties, ...more }) as JsonObject;

const auth = object({
  auth: {
    type: "object",
    oneOf: [
      {
        title: "Key",
        required: ["kind", "key"],
        properties: { kind: { const: "key" }, key: { type: "string", airbyte_secret: true, minLength: 3 } },
      },
      {
        title: "OAuth",
        required: ["kind", "id"],
        properties: { kind: { type: "string", const: "oauth" }, id: { type: "string" } },
      },
    ],
  },
});

const table: [JsonObject, string, string[]][] = [
  [object({ a: { type: "string" } }), '{"a":"x"}', []],
  [object({ a: { type: "string" } }, { required: ["a"] }), "{}", ["/a is missing: it must be a text"]],
  [
    object({ a: { type: "string", examples: ["x1"] }, b: { type: ["integer", "null"] } }, { required: ["a", "b"] }),
    '{"b":"3"}',
    ['/a is missing: it must be a text such as "x1"', '/b is "3" but must be an integer or null'],
  ],
  [object({ a: { enum: ["x", 1] } }), '{"a":2}', ['/a is 2 but must be one of "x", 1']],
  [
    object({ a: { type: "string", pattern: "^\\d{4}$", examples: ["2020"] } }),
    '{"a":"20"}',
    ['/a is "20" but must match the pattern ^\\d{4}$ such as "2020"'],
  ],
  [
    object({ a: { pattern: "^x", pattern_descriptor: "x…" } }),
    '{"a":"20"}',
    ['/a is "20" but must match the pattern x…'],
  ],
  [
    object({ start_date: {}, end: {} }, { additionalProperties: false }),
    '{"start_dat":1,"other":2}',
    ["/start_dat is not known: did you mean start_date?", "/other is not known: must be one of start_date, end"],
  ],
  [object({ a: { minimum: 3, maximum: 5 } }), '{"a":2}', ["/a is 2 but must be 3 or more"]],
  [object({ a: { minimum: 3, exclusiveMinimum: true } }), '{"a":3}', ["/a is 3 but must be more than 3"]],
  [object({ a: { minimum: 3, exclusiveMinimum: false } }), '{"a":3}', []],
  [
    object({ a: { type: "array", minItems: 1, items: { type: "string" } } }),
    '{"a":["x",1]}',
    ["/a/1 is 1 but must be a text"],
  ],
  [object({ a: { type: "array", minItems: 1 } }), '{"a":[]}', ["/a is [] but must have 1 items or more"]],
  [
    object({ "a/b": object({ c: { type: "integer" } }) }),
    '{"a/b":{"c":"1"}}',
    ['/a~1b/c is "1" but must be an integer'],
  ],
  [auth, '{"auth":{"kind":"key"}}', ["/auth/key is missing: it must be a text"]],
  [auth, '{"auth":{"kind":"key","key":"ab"}}', ["/auth/key is **** but must have 3 characters or more"]],
  [auth, '{"auth":{"kind":"else"}}', ['/auth/kind is "else" but must be one of "key", "oauth"']],
  [auth, '{"auth":{"kind":"ouath"}}', ['/auth/kind is "ouath" but must be one of "key", "oauth"; did you mean oauth?']],
  [auth, '{"auth":{"id":"x"}}', ['/auth/kind is missing: it must be one of "key", "oauth"']],
  [
    object({
      a: {
        oneOf: ["x", "y"].map((kind) =>
          object({ kind: { const: kind }, in: { enum: ["p", "q"] }, n: { minimum: 1 } }, { required: ["kind"] }),
        ),
      },
    }),
    '{"a":{"kind":"y","n":0}}',
    ["/a/n is 0 but must be 1 or more"],
  ],
  [auth, '{"auth":5}', ["/auth is 5 but must be an object"]],
  [
    object({ a: { oneOf: [object({ b: { const: 1 } }), object({ c: { const: 2 } })] } }),
    '{"a":{"b":2,"c":1}}',
    ["/a is an object but must be one of: an object; an object"],
  ],
  [auth, '{"auth":{"kind":"oauth","id":"x"}}', []],
  [
    object({ a: { oneOf: [{ type: "integer" }, { title: "Any" }] } }),
    '{"a":1}',
    ["/a fits more than one of its alternatives, it must fit one: an integer; Any"],
  ],
  [
    object({ a: {} }, { if: object({ a: { const: 1 } }), then: { required: ["b"] } }),
    '{"a":1}',
    ["/b is missing: it must be given"],
  ],
  // integers of every size, and whole floats, are integers
  [object({ a: { type: "integer" }, b: { type: "integer" } }), '{"a":12345678901234567890,"b":1.0}', []],
  [object({ a: { type: "string" } }), '{"a":1.0}', ["/a is 1 but must be a text"]],
  // formats are not looked at, unknown ones neither
  [object({ a: { type: "string", format: "date" }, b: { format: "nonsense" } }), '{"a":"x","b":"y"}', []],
  // Python's patterns
  [object({ a: { pattern: "(?i)^x(?P<n>.)(?P=n)\\Z" }, b: { pattern: "(x" } }), '{"a":"Xbb","b":"z"}', []],
  // drafts
  [
    { $schema: "http://json-schema.org/draft-04/schema#", id: "x", ...object({ id: { type: "string" } }) },
    '{"id":"x"}',
    [],
  ],
  [{ $schema: "https://json-schema.org/draft/2020-12/schema", ...object({}) }, "{}", []],
  [object({ a: { type: "string", nullable: true } }), '{"a":null}', ["/a is null but must be a text"]],
  [
    { ...object({ a: { $ref: "#/definitions/x" } }), definitions: { x: { type: "string" } } },
    '{"a":1}',
    ["/a is 1 but must be a text"],
  ],
  [{ type: "object" }, "5", ["the whole is 5 but must be an object"]],
  [object({ toString: { type: "string" } }), "{}", []],
];
test.each(table)("%j with %s", (schema, config, problems) => {
  expect(schemaProblems(schema, parseJson(config))).toEqual(problems);
});
