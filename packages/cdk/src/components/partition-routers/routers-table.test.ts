import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { component, type Component } from "../../component.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { type Json, type JsonObject } from "../../json/value.ts";
import type { PartitionRouter, RequestOptions, Slice, Stream } from "../../roles.ts";
import { datetimeBasedCursor } from "../cursors/datetime-based-cursor.ts";
import { minMaxDatetime } from "../cursors/min-max-datetime.ts";
import { requestOption } from "../requesters/request-option.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { customPartitionRouter } from "./custom-partition-router.ts";
import { groupingPartitionRouter } from "./grouping-partition-router.ts";
import { listPartitionRouter } from "./list-partition-router.ts";
import { parentStreamConfig } from "./parent-stream-config.ts";
import { cartesianProduct } from "./shared/cartesian-product.ts";
import { substreamPartitionRouter } from "./substream-partition-router.ts";
import { unionPartitionRouter } from "./union-partition-router.ts";

/** What the reference did; see make-routers.py. The table's shape is known from there. */
const table = parseJson(readFileSync("test/tables/routers.json", "utf8")) as unknown as {
  config: JsonObject;
  routers: RouterRow[];
  parentStates: { stream: JsonObject; child: JsonObject; state: JsonObject }[];
};
type Spec = JsonObject & { type: string };
interface RouterRow {
  router: Spec | Spec[];
  partitions: [JsonObject, JsonObject, JsonObject | null, [JsonObject, JsonObject, JsonObject, JsonObject]][];
  last: JsonObject | null;
  raises?: string;
}

/** A stream that has its rows in its description. */
const cannedStream = (type: string): Component<"stream"> =>
  component({
    kind: "stream",
    type,
    schema: (_, z) => z.object({}),
    create: (_, scope) => canned(scope.self),
  });
const components: readonly Component[] = [
  cannedStream("DeclarativeStream"),
  cannedStream("StateDelegatingStream"),
  customPartitionRouter,
  datetimeBasedCursor,
  groupingPartitionRouter,
  listPartitionRouter,
  minMaxDatetime,
  parentStreamConfig,
  requestOption,
  substreamPartitionRouter,
  unionPartitionRouter,
];
const { config } = table;

describe("partitions, their parents' states, and their request options", () => {
  const rows = table.routers.map((row) => [printJson(row.router), row] as const);
  test.each(rows.filter(([, row]) => row.raises === undefined))("%s", async (_, row) => {
    const router = create(row.router);
    const found: unknown[] = [];
    for await (const { partition, extra } of router.partitions()) {
      const options = router.options({ slice: { partition, interval: {}, extra }, token: undefined });
      found.push([partition, extra, router.state() ?? null, parts(options)]);
    }
    expect(found).toEqual(row.partitions);
    expect(router.state() ?? null).toEqual(row.last);
  });

  const failing: [string, RegExp][] = [
    ["config['number']", /values of its ListPartitionRouter are of type int/],
    ["a/list/*/n", /matches 2 values/],
    ['"cursor_field":"other"', /partition_field "owner", but a ListPartitionRouter in it makes "other"/],
    ['{"id":{"x":1}}', /cannot compare the value {"x":1}/],
  ];
  test.each(failing)("where the reference fails too: %s", async (part, message) => {
    const [, row] = rows.find(([text, { raises }]) => raises !== undefined && text.includes(part))!;
    await expect(async () => {
      for await (const { partition } of create(row.router).partitions()) expect(partition).toBeDefined();
    }).rejects.toThrow(message);
  });
});

test.each(table.parentStates)("of the child's state $child a parent gets $state", ({ stream, child, state }) => {
  let given: JsonObject | undefined;
  const parent = {
    type: "ParentStreamConfig",
    stream,
    parent_key: "id",
    partition_field: "id",
    incremental_dependency: true,
  };
  const spy = components.map((each) =>
    each.kind === "stream"
      ? {
          ...each,
          create: (_: unknown, scope: { stream: { state: JsonObject | undefined } }) => {
            given = scope.stream.state;
            return canned({});
          },
        }
      : each,
  ) as Component[]; // only the kind's create is another
  buildForTest("parentStream", parent, {
    components: spy,
    config,
    within: { name: "users", state: child, spec: { incremental_sync: {} } },
  });
  expect(given).toEqual(state);
});

function create(spec: Spec | Spec[]): PartitionRouter {
  const build = (each: Spec): PartitionRouter =>
    buildForTest("partitionRouter", each, {
      components,
      config,
      within: { name: "users", spec: { incremental_sync: {} } },
    }).component;
  return Array.isArray(spec) ? cartesianProduct(spec.map(build)) : build(spec);
}

function parts({ params = {}, headers = {}, form = {}, json = {} }: RequestOptions): unknown {
  return [params, headers, form, json];
}

function canned(spec: JsonObject): Stream {
  const slices = (spec["slices"] ?? []) as { partition: JsonObject; rows: Json[] }[]; // as the script writes them
  let seen = 0;
  let state: JsonObject = { seen: 0, closed: 0, finished: false };
  return {
    name: spec["name"] as string, // the script writes it
    namespace: undefined,
    primaryKey: [],
    cursorField: undefined,
    isFileBased: false,
    parents: [],
    schema: async () => ({}),
    cursor: {
      fields: [],
      cursorField: undefined,
      async *slices() {
        for (const { partition } of slices) yield { partition, interval: {}, extra: {} };
      },
      observe(_, batch) {
        seen += batch.length;
      },
      includes: () => true,
      close: () => (state = { ...state, seen, closed: Number(state["closed"]) + 1 }),
      finish: () => (state = { ...state, finished: true }),
      state: () => state,
      until: () => undefined,
    },
    async *read(slice: Slice) {
      const { rows } = slices.find(({ partition }) => partition === slice.partition)!;
      // Batches of one and more rows, and empty ones.
      for (let from = 0, size = 1; from < rows.length; from += size++) {
        yield valueRows([]);
        yield valueRows(rows.slice(from, from + size));
      }
    },
  };
}
