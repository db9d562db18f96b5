import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import type { JsonObject } from "../json/value.ts";
import { configProblems } from "./validate-config.ts";

const manifest = "__injected_declarative_manifest";
const closed = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
const generic = { type: "object", properties: { [manifest]: { type: "object" } }, required: [manifest] };

test.each([
  ["a valid config", closed, '{"a":"x"}', []],
  ["all problems", closed, '{"a":1,"b":2}', ["/b is not known: must be one of a", "/a is 1 but must be a text"]],
  ["the runtime's own keys", closed, `{"_limit":"x","_page_size":2,"${manifest}":{},"__command":"c"}`, []],
  ["a key of the runtime that the spec asks for", generic, `{"${manifest}":{}}`, []],
  ["such a key with a wrong value", generic, `{"${manifest}":1}`, [`/${manifest} is 1 but must be an object`]],
  ["such a key that is missing", generic, "{}", [`/${manifest} is missing: it must be an object`]],
])("%s", async (_, schema, config, problems) => {
  expect(await configProblems(schema as JsonObject, parseJson(config) as JsonObject)).toEqual(problems);
});

test.each([
  [{ type: "int" }, "type must be JSONType"],
  [{ properties: { a: { $ref: "#/definitions/none" } } }, "can't resolve reference"],
  [{ properties: { a: 5 } }, "a schema must be an object or a boolean, not 5"],
])("the spec %j is refused", async (schema, reason) => {
  await expect(configProblems(schema as JsonObject, {})).rejects.toThrow(
    expect.objectContaining({
      failureType: "system_error",
      message: expect.stringContaining(`connectionSpecification is not a valid JSON Schema: ${reason}`) as string,
    }),
  );
});
