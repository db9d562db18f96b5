import { expect, test } from "vitest";
import { printJson } from "../../json/print.ts";
import { Float, type Json, type JsonObject } from "../../json/value.ts";
import { createStyle } from "../terminal/style.ts";
import { fieldDifferences } from "./field-differences.ts";
import { schemaDifferences, typeDifferences } from "./field-types.ts";
import { differenceLines } from "./print-differences.ts";
import { recordDifferences } from "./record-differences.ts";
import { requestDifferences, sentRequest, type SentRequest } from "./request-differences.ts";

const text = (value: Json | undefined): string => (value === undefined ? "nothing" : printJson(value));
const values: readonly [Json, Json, string[]][] = [
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
  [{ a: 1 }, { a: "1" }, ['a: 1 → "1"']],
  [{ a: 1 }, { a: new Float(1) }, ["a: 1 → 1.0"]],
  [{ a: 9007199254740993n }, { a: 9007199254740995n }, ["a: 9007199254740993 → 9007199254740995"]],
  [{ a: null }, {}, ["a: null → nothing"]],
  [{ a: { b: { c: 1 } } }, { a: { b: { c: 2, d: [] } } }, ["a.b.c: 1 → 2", "a.b.d: nothing → []"]],
  [{ a: [1, 2] }, { a: [1, 3, 4] }, ["a[1]: 2 → 3", "a[2]: nothing → 4"]],
  [{ a: {} }, { a: [] }, ["a: {} → []"]],
];
test.each(
  values.map(([before, after, told]) => [`${text(before)} → ${text(after)}`, { before, after, told }] as const),
)("%s", (_, { before, after, told }) => {
  const found = fieldDifferences(before, after);
  expect(found.map((each) => `${each.path}: ${text(each.before)} → ${text(each.after)}`)).toEqual(told);
});

/** Records before and after, the key, then those added, removed, and the paths of what changed. */
test.each<[string, JsonObject[], JsonObject[], string[], number[], number[], string[]]>([
  ["by key", [{ id: 1, a: 1 }, { id: 2 }], [{ id: 3 }, { id: 1, a: 2 }], ["id"], [3], [2], ["a"]],
  ["whatever their order", [{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }], ["id"], [], [], []],
  [
    "a key that comes twice",
    [{ id: 1, a: 1 }],
    [
      { id: 1, a: 1 },
      { id: 1, a: 2 },
    ],
    ["id"],
    [1],
    [],
    [],
  ],
  ["without a key, by equality", [{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 3 }], [], [3], [1], []],
  [
    "without a key, by likeness",
    [
      { id: 1, a: 1 },
      { id: 2, a: 1 },
    ],
    [{ id: 2, a: 1, b: 1 }],
    [],
    [],
    [1],
    ["b"],
  ],
  ["a key that some lack", [{ a: 1, b: 1, id: 1 }], [{ a: 1, b: 1 }], ["id"], [], [], ["id"]],
])("records %s", (_, before, after, key, added, removed, changed) => {
  const found = recordDifferences(before, after, key.length === 0 ? [] : [key]);
  const ids = (records: readonly JsonObject[]): unknown[] => records.map(({ id }) => id);
  expect([ids(found.added), ids(found.removed)]).toEqual([added, removed]);
  expect(found.changed.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual(changed);
});

test("types are those of all records together", () => {
  const before = [
    { id: 1, a: { b: 1 } },
    { id: 2, a: { b: 1 } },
  ];
  const after = [
    { id: "1", a: { b: null } },
    { id: "2", c: true },
  ];
  expect(typeDifferences(before, after)).toEqual([
    { name: "a", before: "object", after: "object, sometimes missing" },
    { name: "a.b", before: "integer", after: "null" },
    { name: "c", before: undefined, after: "boolean, sometimes missing" },
    { name: "id", before: "integer", after: "string" },
  ]);
  expect(typeDifferences(before, [])).toEqual([]); // no records say nothing
});

test("declared fields are compared by their types and formats", () => {
  const schema = (properties: JsonObject): JsonObject => ({ type: "object", properties });
  const before = schema({ id: { type: "integer" }, at: { type: "string" }, tags: { type: "array", items: {} } });
  const after = schema({
    id: { type: ["null", "integer"] },
    at: { type: "string", format: "date" },
    tags: { type: "array", items: schema({ name: { type: "string" } }) },
  });
  expect(schemaDifferences(before, after)).toEqual([
    { name: "at", before: "string", after: "string (date)" },
    { name: "id", before: "integer", after: "null or integer" },
    { name: "tags[]", before: "any", after: "object" },
    { name: "tags[].name", before: undefined, after: "string" },
  ]);
});

const request = (method: string, url: string, headers: Record<string, string> = {}, body?: string): SentRequest =>
  sentRequest({ method, url, headers, body }, (text) => text.replaceAll("secret", "****"));

test("requests differ by address, and those to one address by their parameters", () => {
  const before = [
    request("GET", "https://a.test/users?limit=10&page=1", { Authorization: "secret" }),
    request("GET", "https://a.test/users?limit=10&page=2"),
    request("GET", "https://a.test/old"),
    request("POST", "https://a.test/search", {}, '{"from":{"day":1}}'),
  ];
  const after = [
    request("GET", "https://a.test/users?page=1&limit=20", { authorization: "other secret" }),
    request("GET", "https://a.test/users?page=2&limit=20"),
    request("POST", "https://a.test/search", {}, '{"from":{"day":2}}'),
    request("GET", "https://a.test/new?x=1"),
  ];
  const lines = differenceLines(
    {
      records: { added: [], removed: [], changed: [] },
      types: [],
      schema: [],
      requests: requestDifferences(before, after),
    },
    [],
    createStyle(false),
  );
  expect(lines.join("\n")).toBe(`  requests
    ~ GET https://a.test/users
        ~ query limit: 10 → 20
        - header Authorization: ****
        + header authorization: other ****
    ~ GET https://a.test/users  ~ query limit: 10 → 20
    ~ POST https://a.test/search  ~ body from.day: 1 → 2
    - GET https://a.test/old
    + GET https://a.test/new?x=1`);
  expect(requestDifferences(before, [...before].reverse())).toEqual({ added: [], removed: [], changed: [] });
});

test("what is told of records is a line for each field, and at most some lines", () => {
  const before = Array.from({ length: 20 }, (_, id): JsonObject => ({ id, tags: [{ a: 1 }], old: true }));
  const after = before.map(({ id }): JsonObject => ({ id: id!, tags: [{ a: id === 3 ? 2 : 1 }], plan: "gold" }));
  const lines = (records: JsonObject[]): string =>
    differenceLines(
      {
        records: recordDifferences(before, records, [["id"]]),
        types: [],
        schema: [],
        requests: { added: [], removed: [], changed: [] },
      },
      [["id"]],
      createStyle(false),
    ).join("\n");
  expect(lines(after)).toBe(`  records
    + plan: "gold"  in 20 records
    - old: true  in 20 records
    ~ tags[].a: 1 → 2  in {"id":3}`);
  expect(lines([])).toBe(`  records
    - {"id":0,"tags":[{"a":1}],"old":true}
    - {"id":1,"tags":[{"a":1}],"old":true}
    - … and 18 more records`);
});
