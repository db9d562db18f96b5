import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deepCopyObject } from "../../json/deep-copy.ts";
import { parseJson } from "../../json/parse.ts";
import { printPython } from "../../json/print-python.ts";
import { printJson } from "../../json/print.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Slice } from "../../roles.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { sliceContext } from "../shared/slice-context.ts";
import { addFields } from "./add-fields.ts";
import { addedFieldDefinition } from "./added-field-definition.ts";
import { customTransformation } from "./custom-transformation.ts";
import { dpathFlattenFields } from "./dpath-flatten-fields.ts";
import { flattenFields } from "./flatten-fields.ts";
import { keyTransformation } from "./key-transformation.ts";
import { keysReplace } from "./keys-replace.ts";
import { keysToLower } from "./keys-to-lower.ts";
import { keysToSnakeCase } from "./keys-to-snake-case.ts";
import { removeFields } from "./remove-fields.ts";
import { ascii } from "./shared/ascii.ts";
import { transform } from "./shared/transform.ts";

const components = [
  addFields,
  addedFieldDefinition,
  customTransformation,
  dpathFlattenFields,
  flattenFields,
  keyTransformation,
  keysReplace,
  keysToLower,
  keysToSnakeCase,
  removeFields,
];

type Spec = JsonObject & { type: string };
type Row = readonly [spec: Spec, record: JsonObject, outcome: { record: JsonObject } | { error: string }];
// The types are those of make-transformations.py, which made the table by running the reference.
const table = parseJson(
  readFileSync(new URL("../../../../../test/tables/transformations.json", import.meta.url), "utf8"),
) as unknown as {
  context: { config: JsonObject; parameters: JsonObject; slice: Slice };
  rows: readonly Row[];
  ascii: readonly (readonly [string, string])[];
};
const { config, parameters, slice } = table.context;

function run(spec: Spec, record: JsonObject): JsonObject {
  const { component } = buildForTest("transformation", withParameters(spec), { components, config });
  return transform(deepCopyObject(record), [component], { ...sliceContext(slice), record: null });
}

/** As the manifest's parameters reach every part of a component. */
function withParameters(spec: Spec): Spec {
  const parts = spec["fields"] as JsonObject[] | undefined;
  const key = spec["key_transformation"] as JsonObject | undefined;
  return {
    ...spec,
    ...(parts && { fields: parts.map((part) => ({ ...part, $parameters: parameters })) }),
    ...(key && { key_transformation: { ...key, $parameters: parameters } }),
    $parameters: parameters,
  };
}

/** The order in which the reference leaves lowered keys is that of a set: any. */
const print = (spec: Spec, record: JsonObject): string =>
  spec.type === "KeysToLower" ? printPython(record, { sortKeys: true }) : printJson(record);

describe("as the reference", () => {
  test.each(table.rows.map((row) => [printJson(row[0]), printJson(row[1]).slice(0, 60), row] as const))(
    "%s of %s",
    (_, __, [spec, record, expected]) => {
      if ("error" in expected) expect(() => run(spec, record)).toThrow();
      else expect(print(spec, run(spec, record))).toBe(print(spec, expected.record));
    },
  );
});

test("letters as AnyAscii writes them", () => {
  for (const [letter, expected] of table.ascii) expect([letter, ascii(letter)]).toEqual([letter, expected]);
});

test("an empty path is a config error", () => {
  expect(() =>
    run({ type: "AddFields", fields: [{ type: "AddedFieldDefinition", path: [], value: "x" }] }, {}),
  ).toThrow("an added field has an empty `path`");
});

test("a custom transformation that is not there is a config error that names it, and the file to write", () => {
  expect(() => run({ type: "CustomTransformation", class_name: "source_shop.components.OrderSplitter" }, {})).toThrow(
    /source_shop\.components\.OrderSplitter\. components\.ts, where it belongs.*type: "OrderSplitter"/s,
  );
});
