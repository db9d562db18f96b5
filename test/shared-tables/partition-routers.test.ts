import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Component } from "../../packages/cdk/src/component.ts";
import { listPartitionRouter } from "../../packages/cdk/src/components/partition-routers/list-partition-router.ts";
import { cartesianProduct } from "../../packages/cdk/src/components/partition-routers/shared/cartesian-product.ts";
import { requestOption } from "../../packages/cdk/src/components/requesters/request-option.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import type { PartitionRouter, RequestOptions } from "../../packages/cdk/src/roles.ts";
import { withParameters } from "./read-rows.ts";

const file = new URL("../../../shared/tables/partition_routers.json", import.meta.url);
const components: readonly Component[] = [listPartitionRouter, requestOption];

interface Row {
  readonly fn: string;
  readonly component: JsonObject;
  readonly args: JsonObject;
  readonly expected: Json;
}
// The README beside the table tells its shape.
const rows = existsSync(file) ? (parseJson(readFileSync(file, "utf8")) as unknown as { rows: Row[] }).rows : [];

/** Rows that are not compared. */
const left: readonly [reason: string, applies: (row: Row) => boolean][] = [
  [
    "a cursor inside of a product: manifests cannot say that any more",
    ({ component }) => JSON.stringify(component).includes("DatetimeBasedCursor"),
  ],
  ["a single partition is no router", ({ fn }) => fn.startsWith("SinglePartitionRouter")],
];
const compared = rows.filter((row) => !left.some(([, applies]) => applies(row)));

describe.skipIf(rows.length === 0)("partition routers, as the reference's own tests call them", () => {
  test.each(compared.map((row, index) => [index, row.fn, row] as const))(
    "%i %s",
    async (_, fn, { component, args, expected }) => {
      const router = build(component);
      const method = fn.slice(fn.indexOf(".") + 1);
      if (method === "stream_slices") {
        const partitions: Json[] = [];
        for await (const { partition, extra } of router.partitions()) {
          partitions.push({ $slice: { partition, cursor_slice: {}, extra_fields: extra } });
        }
        expect(partitions).toEqual(expected);
        return;
      }
      const options = router.options({
        slice: { partition: sliceOf(args), interval: {}, extra: {} },
        token: undefined,
      });
      expect(options[parts[method]!] ?? {}).toEqual(expected);
    },
  );

  test("few rows are left out", () => {
    expect(rows.length - compared.length).toBeLessThan(8);
  });
});

const parts: Readonly<Record<string, keyof RequestOptions>> = {
  get_request_params: "params",
  get_request_headers: "headers",
  get_request_body_data: "form",
  get_request_body_json: "json",
};

function build(component: JsonObject): PartitionRouter {
  const inner = get(component, "stream_slicers");
  if (Array.isArray(inner)) return cartesianProduct((inner as readonly JsonObject[]).map(build));
  const config = get(component, "config");
  const spec = cleaned(component, "ListPartitionRouter");
  return buildForTest("partitionRouter", spec, { components, config: isObject(config) ? config : {} }).component;
}

/** A constructor's arguments as a manifest says them. */
function cleaned(given: JsonObject, type: string): JsonObject & { type: string } {
  const spec: JsonObject & { type: string } = { type };
  for (const [key, value] of entries(given)) {
    if (key === "$type" || key === "config" || value === null) continue;
    if (key === "parameters") spec["$parameters"] = value;
    else if (key === "request_option" && isObject(value)) spec[key] = withParameters(cleaned(value, "RequestOption"));
    else spec[key] = isObject(value) && get(value, "$type") === "InterpolatedString" ? get(value, "string")! : value;
  }
  return spec;
}

function sliceOf(args: JsonObject): JsonObject {
  const slice = get(args, "stream_slice");
  const own = isObject(slice) ? get(slice, "$slice") : undefined;
  const partition = isObject(own) ? get(own, "partition") : slice;
  return isObject(partition) ? partition : {};
}
