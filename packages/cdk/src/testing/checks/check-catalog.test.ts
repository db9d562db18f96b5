import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import type { AirbyteCatalog, ConnectorSpecification } from "../../protocol/messages.gen.ts";
import { checkCatalog } from "./check-catalog.ts";
import { checkSpec } from "./check-spec.ts";

const properties = { id: { type: "integer" }, owner: { type: "object", properties: { at: { type: "string" } } } };
const stream = { name: "s", json_schema: { type: "object", properties }, supported_sync_modes: ["full_refresh"] };

test.each<[string, unknown[], string[]]>([
  ["a good catalog", [{ ...stream, source_defined_primary_key: [["id"], ["owner", "at"]] }], []],
  ["no streams", [], ["There is no stream in the catalog."]],
  ["a name twice", [stream, stream], ["comes twice in the catalog."]],
  ["the same name in another namespace", [stream, { ...stream, namespace: "n" }], []],
  [
    "a key that no field is",
    [{ ...stream, source_defined_primary_key: [["owner", "id"]] }],
    ["the primary key owner.id is not in its json_schema."],
  ],
  ["a schema that lets all be", [{ ...stream, json_schema: {}, source_defined_primary_key: [["id"]] }], []],
  [
    "no schema",
    [{ ...stream, json_schema: { type: "text" } }],
    [expect.stringContaining("json_schema is no JSON Schema") as string],
  ],
  [
    "a cursor without a name",
    [{ ...stream, supported_sync_modes: ["incremental"], source_defined_cursor: true }],
    ["has a cursor of its own (source_defined_cursor), but default_cursor_field does not name it."],
  ],
  [
    "a cursor that no field is",
    [{ ...stream, default_cursor_field: ["at"] }],
    ["default_cursor_field at is not in its json_schema."],
  ],
  [
    "no sync mode",
    [{ ...stream, supported_sync_modes: [] }],
    ["supported_sync_modes is empty: name full_refresh at least."],
  ],
])("a catalog: %s", async (_, streams, expected) => {
  const problems = await checkCatalog({ streams } as unknown as AirbyteCatalog);
  expect(problems.map(({ message }) => message)).toEqual(expected);
});

const spec = (connectionSpecification: unknown): ConnectorSpecification =>
  ({ connectionSpecification }) as ConnectorSpecification;

test.each<[string, unknown, JsonObject | undefined, string[]]>([
  ["a good spec", { type: "object", required: ["a"], properties: { a: { type: "string" } } }, { a: "x" }, []],
  ["another type", { type: "array" }, undefined, ['connectionSpecification/type must be "object", not "array".']],
  [
    "a required field that is none",
    { type: "object", properties: { o: { type: "object", required: ["b"], properties: {} } } },
    undefined,
    ['connectionSpecification/properties/o/required names "b", which is not in properties.'],
  ],
  [
    "a secret that is not marked",
    {
      type: "object",
      properties: { client_secret: { type: "string" }, page_token: { type: "string", airbyte_secret: true } },
    },
    undefined,
    ["connectionSpecification/properties/client_secret looks like a secret: mark it with airbyte_secret: true."],
  ],
  [
    "a config that does not hold to it",
    { type: "object", required: ["a"], properties: { a: { type: "string" } } },
    {},
    [expect.stringContaining("The config does not hold to the spec: /a") as string],
  ],
])("a spec: %s", async (_, schema, config, expected) => {
  expect((await checkSpec(spec(schema), config)).map(({ message }) => message)).toEqual(expected);
});
