import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Component } from "../../../component.ts";
import { isoformat } from "../../../datetime/isoformat.ts";
import { parseJson } from "../../../json/parse.ts";
import { printJson } from "../../../json/print.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import type { Cursor, PartitionRouter, Slice } from "../../../roles.ts";
import { requestOption } from "../../requesters/request-option.ts";
import { buildForTest } from "../../shared/build-for-test.ts";
import { datetimeBasedCursor } from "../datetime-based-cursor.ts";
import { minMaxDatetime } from "../min-max-datetime.ts";
import { datetimeField, type DatetimeSpec } from "./datetime-field.ts";
import { perPartitionCursor, type PartitionedOptions } from "./per-partition.ts";

/** What a test may choose. */
let chosen: Pick<PartitionedOptions<unknown>, "global" | "clock" | "mostWithState" | "mostKept">;

const cursorWithChoices: Component<"cursor"> = {
  ...datetimeBasedCursor,
  create(spec, scope) {
    const field = datetimeField(spec as DatetimeSpec, "updated_at", ["start_time", "end_time"], scope);
    return {
      ...datetimeBasedCursor.create(spec, scope),
      create: (incoming, router) => perPartitionCursor({ ...field, router: router!, incoming, ...chosen }),
    };
  },
};
const components: readonly Component[] = [cursorWithChoices, minMaxDatetime, requestOption];

/** What the reference did; see make-partitioned.py. */
interface Row extends JsonObject {
  cursor: JsonObject & { type: string };
  state: JsonObject;
  global: boolean;
  limits: [number, number];
  /** Each with the parents' state. */
  partitions: [JsonObject, JsonObject | null][];
  last: JsonObject | null;
  steps: [string, ...Json[]][];
  until: string | null;
}

// The table's shape is known from the script that writes it.
const rows = parseJson(readFileSync("test/tables/partitioned.json", "utf8")) as unknown as Row[];

test.each(rows.map((row, index) => [index, row] as const))("row %i", async (_, row) => {
  const clock = { now: 0 };
  const cursor = create(row, clock);
  const made = cursor.slices()[Symbol.asyncIterator]();
  const slices: Slice[] = [];
  for (const [step, ...details] of row.steps) {
    const at = `${step} ${printJson(details)}`;
    const slice = slices[Number(details[0])]!;
    const record = { updated_at: details[1] ?? null };
    if (step === "slice") {
      const next = await made.next();
      const value: Slice | undefined = next.done === true ? undefined : next.value;
      const expected = details[0] as JsonObject | null;
      expect(value === undefined ? null : { partition: value.partition, interval: value.interval }, at).toEqual(
        expected,
      );
      if (value !== undefined) slices.push(value);
    } else if (step === "includes") expect(cursor.includes(record, slice), at).toBe(details[2]);
    else if (step === "observe") cursor.observe(slice, valueRows([record]));
    else if (step === "close") expect(printJson(cursor.close(slice) ?? null), at).toBe(printJson(details[1]!));
    else if (step === "wait") clock.now += Number(details[0]) * 1000;
    else expect(printJson(cursor.finish() ?? null), at).toBe(printJson(details[0]!));
  }
  const until = cursor.until(row.state);
  expect(until === undefined ? null : isoformat(until)).toBe(row.until);
});

function create(row: Row, clock: { now: number }): Cursor {
  const [mostWithState, mostKept] = row.limits;
  chosen = { global: row.global, clock: () => clock.now, mostWithState, mostKept };
  const { component } = buildForTest("cursor", row.cursor, { components, within: { name: "users" } });
  return component.create(row.state, routerOf(row));
}

function routerOf({ partitions, last }: Row): PartitionRouter {
  let state: JsonObject | null = null;
  return {
    async *partitions() {
      for (const [partition, parents] of partitions) {
        state = parents;
        yield { partition, extra: {} };
      }
      state = last;
    },
    options: () => ({}),
    parents: [],
    state: () => state ?? undefined,
  };
}
