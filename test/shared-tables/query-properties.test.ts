import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows, type Row } from "./read-rows.ts";

const rows = readRows("query_properties");

const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

function keyOf({ component, args }: Row): Json {
  const spec = { type: "GroupByKeyMergeStrategy", key: get(component, "key") ?? [] };
  const { component: key } = buildForTest("recordMergeStrategy", spec, { components });
  const record = get(args, "record") as { $record: { data: JsonObject } } & JsonObject; // as the tables tag records
  return key(record.$record.data) ?? null;
}

function chunksOf({ component, args }: Row): Json {
  const limit = get(component, "property_limit");
  const spec = {
    type: "PropertyChunking",
    property_limit_type: get(component, "property_limit_type") ?? "",
    ...(limit === null || limit === undefined ? {} : { property_limit: limit }),
  };
  const { component: chunking } = buildForTest("propertyChunking", spec, { components });
  const configured = get(args, "configured_properties");
  const selected = isObject(configured) ? new Set(texts(get(configured, "$set"))) : undefined;
  return chunking.chunks(texts(get(args, "property_fields")), texts(get(args, "always_include_properties")), selected);
}

describe.skipIf(rows.length === 0)("query properties, as the reference's own tests call them", () => {
  test.each(rows.map((row, index) => [index, row.fn, row] as const))("%i %s", (_, fn, row) => {
    expect(fn === "GroupByKey.get_group_key" ? keyOf(row) : chunksOf(row)).toEqual(row.expected);
  });
});
