import { describe, expect, test } from "vitest";
import { typeCaster } from "../../packages/cdk/src/components/selectors/shared/cast-types.ts";
import { deepCopyObject } from "../../packages/cdk/src/json/deep-copy.ts";
import { printJson } from "../../packages/cdk/src/json/print.ts";
import { get, isObject, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { readRows, type Row } from "./read-rows.ts";

const rows = readRows("type_transformer");
const CUSTOM = 4;
const NONE = 1;
/** How the reference numbers its ways: no transformation is 1, the default one is what has no constructor in the table. */
const way = ({ component }: Row): unknown => (isObject(component) ? get(component, "config") : "default");
const compared = rows.filter((row) => way(row) !== CUSTOM);

describe.skipIf(rows.length === 0)("casts by a schema, as the reference's own tests call them", () => {
  test.each(compared.map((row, index) => [index, row] as const))("%i", (_, row) => {
    const { record, schema } = row.args as { record: JsonObject; schema: JsonObject };
    const copied = deepCopyObject(record);
    if (way(row) !== NONE) typeCaster(schema, () => undefined)(copied);
    expect(printJson(copied)).toBe(printJson(row.expected));
  });

  test("one row is left out, which has a callback", () => {
    expect(rows.length - compared.length).toBe(1);
  });
});
