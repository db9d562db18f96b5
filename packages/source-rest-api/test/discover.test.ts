import { json, startServer } from "ferry-cdk/testing";
import type { Json, JsonObject } from "ferry-cdk";
import { expect, test } from "vitest";
import { findRecords, recordsAt } from "../src/find-records.ts";
import { inferSchema } from "ferry-cdk";
import { ask, config, numbered, run } from "./run-api.ts";

const found: [string, Json, string[] | undefined, number][] = [
  ["a list", [{ id: 1 }, { id: 2 }], [], 2],
  ["an empty list", [], [], 0],
  ["one record", { id: 1, name: "x", tags: [], lines: [{ n: 1 }] }, [], 1],
  ["nothing", {}, undefined, 0],
  ["no object", "x", undefined, 0],
  ["a list of a usual name", { total: 1, data: [{ id: 1 }] }, ["data"], 1],
  ["an empty list of a usual name, with errors", { data: [], errors: [{ message: "x" }] }, ["data"], 0],
  ["the stream's own name", { data: [{ id: 1 }], items_old: [], orders: [{ id: 1 }, { id: 2 }] }, ["orders"], 2],
  ["an unknown name", { page: 1, widgets: [{ id: 1 }] }, ["widgets"], 1],
  ["an unknown name with nothing in it", { page: 1, widgets: [] }, undefined, 0],
  ["one level down", { meta: { total: 1 }, response: { results: [{ id: 1 }] } }, ["response", "results"], 1],
  ["three levels down is too far", { a: { b: { data: [{ id: 1 }] } } }, [], 1],
  ["the longer of two unknown ones", { a: [{ id: 1 }], b: [{ id: 1 }, { id: 2 }] }, ["b"], 2],
  ["a list of plain values is no list of records", { id: 1, values: [1, 2] }, [], 1],
  ["an object with an id that has a list of a usual name", { id: "req", data: [{ id: 1 }] }, ["data"], 1],
];
test.each(found)("where the records are: %s", (_, body, path, count) => {
  expect(findRecords(body, "orders")).toEqual(path);
  expect(recordsAt(body, path ?? []).length).toBe(path === undefined ? recordsAt(body, []).length : count);
});

test("the first answer with records settles where they are", async () => {
  const bodies = [
    { page: 1, widgets: [] },
    { page: 1, widgets: [{ id: 1 }] },
    { page: 2, widgets: [{ id: 2 }], problems: [{ code: 1 }, { code: 2 }] },
    { page: 3, widgets: [], problems: [{ code: 1 }] },
  ];
  const { items, logs } = await ask(({ query }) => json(bodies[Number(query.get("p"))]), {
    pagination: { type: "page", page_param: "p", start: 1 },
  });
  expect(items).toEqual([{ id: 1 }, { id: 2 }]);
  expect(logs()).toContain('INFO Stream items: the records are at ["widgets"], as no records_path says.');
});

const nullable = (type: string, more: object = {}): object => ({ type: ["null", type], ...more });
const schemas: [string, JsonObject[], object][] = [
  ["nothing", [], {}],
  [
    "plain values",
    [{ i: 1, n: 1.5, b: true, s: "x" }],
    { i: nullable("integer"), n: nullable("number"), b: nullable("boolean"), s: nullable("string") },
  ],
  ["integers among numbers", [{ n: 1 }, { n: 1.5 }], { n: nullable("number") }],
  ["large integers", [{ n: 12345678901234567890n }], { n: nullable("integer") }],
  ["mixed types", [{ a: 1 }, { a: "x" }], { a: { type: ["null", "integer", "string"] } }],
  ["only nulls", [{ a: null }], { a: nullable("string") }],
  ["dates", [{ a: "2026-01-01" }], { a: nullable("string", { format: "date" }) }],
  [
    "times",
    [{ a: "2026-01-01T00:00:00Z" }, { a: "2026-01-01 00:00:00.5+02:00" }],
    { a: nullable("string", { format: "date-time" }) },
  ],
  ["dates and other texts", [{ a: "2026-01-01" }, { a: "soon" }], { a: nullable("string") }],
  [
    "objects and lists",
    [{ o: { a: 1 } }, { o: { b: "x" }, l: [{ c: 1 }, { c: 1.5 }], e: [] }],
    {
      o: nullable("object", {
        additionalProperties: true,
        properties: { a: nullable("integer"), b: nullable("string") },
      }),
      l: nullable("array", {
        items: nullable("object", { additionalProperties: true, properties: { c: nullable("number") } }),
      }),
      e: nullable("array"),
    },
  ],
];
test.each(schemas)("the schema of %s", (_, records, properties) => {
  expect(inferSchema(records)).toEqual({
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    additionalProperties: true,
    properties,
  });
});

test("a sample of real answers: some pages of a long stream, and an open schema where there is nothing", async () => {
  await using server = await startServer({
    "/items": ({ query }) =>
      json(
        `{"data":[${numbered(0, 100)
          .map(({ id }) => `{"id":${id},"p":${query.get("page")}.0}`)
          .join(",")}]}`,
      ),
    "/none": json([]),
  });
  const given = config(server.url, { pagination: { type: "page" } });
  const result = await run("discover", {
    ...given,
    endpoints: [...(given["endpoints"] as []), { name: "none", path: "/none" }],
  });
  const [items, none] = result.of("CATALOG").flatMap(({ catalog }) => catalog.streams);
  expect(items?.json_schema["properties"]).toEqual({ id: nullable("integer"), p: nullable("number") });
  expect(none?.json_schema["properties"]).toEqual({});
  expect(result.logs()).toContain("WARN Stream none: the API gives no records, so that its schema is left open.");
  expect(server.requestsTo("/items").length).toBeLessThan(5);
});
