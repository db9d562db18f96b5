import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { get, isObject, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows } from "./read-rows.ts";

const rows = readRows("validators");
const schemas = readRows("schema");

/** A strategy's constructor names its schema otherwise than a manifest does. */
const strategy = (component: JsonObject): JsonObject & { type: string } => ({
  type: "ValidateAdheresToSchema",
  base_schema: get(component, "schema") ?? {},
});

const calls: Readonly<Record<string, (component: JsonObject, args: JsonObject) => Promise<void>>> = {
  "ValidateAdheresToSchema.validate": (component, args) =>
    buildForTest("validationStrategy", strategy(component), { components }).component(get(args, "value") ?? null),
  "DpathValidator.validate": (component, args) => {
    const inner = get(component, "strategy") as JsonObject; // a row of this function has one
    const spec = {
      type: "DpathValidator",
      field_path: get(component, "field_path") ?? [],
      validation_strategy: strategy(inner),
    };
    return buildForTest("validator", spec, { components }).component(get(args, "input_data") as JsonObject);
  },
};

describe.skipIf(rows.length === 0)("validators, as the reference's own tests call them", () => {
  test.each(rows.map((row, index) => [index, row.fn, row] as const))("%i %s", async (_, fn, row) => {
    const validate = async (): Promise<void> => calls[fn]!(row.component, row.args);
    if (isObject(row.expected) && "$raises" in row.expected) await expect(validate()).rejects.toThrow();
    else await expect(validate()).resolves.toBeUndefined();
  });
});

describe.skipIf(schemas.length === 0)("schemas, as the reference's own tests load them", () => {
  test.each(schemas.map((row, index) => [index, row] as const))("%i", async (_, { component, expected }) => {
    const spec = { type: "InlineSchemaLoader", schema: get(component, "schema") ?? {} };
    const { component: load } = buildForTest("schemaLoader", spec, { components });
    expect(await load()).toEqual(expected);
  });
});
