import { describe, expect, test } from "vitest";
import { components } from "../../packages/cdk/src/components/registry.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { sliceContext } from "../../packages/cdk/src/components/shared/slice-context.ts";
import { transform } from "../../packages/cdk/src/components/transformations/shared/transform.ts";
import { deepCopyObject } from "../../packages/cdk/src/json/deep-copy.ts";
import { str } from "../../packages/cdk/src/json/python-text.ts";
import { get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows, specOf, type Row } from "./read-rows.ts";

const rows = readRows("transformations");
// Rules of configs are compared beside their components.
const compared = rows.filter(({ fn }) => !fn.startsWith("Config"));
const TYPES: Readonly<Record<string, string>> = { str: "string", float: "number", int: "integer", bool: "boolean" };

describe.skipIf(rows.length === 0)("transformations, as the reference's own tests call them", () => {
  test.each(compared.map((row, index) => [index, row.fn, row] as const))("%i %s", (_, __, row) => {
    expect(run(row)).toEqual(row.expected);
  });
});

function run({ component, args }: Row): JsonObject {
  const config = object(get(args, "config") ?? get(component, "config"));
  const spec = specOf(component);
  spec.type = spec.type.replace(/Transformation$/, "");
  // Manifests name indices by text, which dpath reads as numbers.
  if (Array.isArray(spec["field_pointers"])) spec["field_pointers"] = (spec["field_pointers"] as Json[][]).map(texts);
  for (const field of (get(spec, "fields") as JsonObject[] | undefined) ?? []) {
    field["path"] = texts(field["path"] as Json[]);
    const type = get(field, "value_type");
    if (isObject(type)) field["value_type"] = TYPES[str(get(type, "$py") ?? "")]!;
  }
  const { component: transformation } = buildForTest("transformation", spec, { components, config });
  const slice = object(get(args, "stream_slice"));
  const told = object(get(slice, "$slice") ?? { partition: slice });
  const [partition, interval, extra] = ["partition", "cursor_slice", "extra_fields"].map((name) =>
    object(get(told, name)),
  );
  const context = { ...sliceContext({ partition: partition!, interval: interval!, extra: extra! }), record: null };
  return transform(deepCopyObject(object(get(args, "record"))), [transformation], context);
}

const texts = (path: readonly Json[]): string[] => path.map(String);
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
