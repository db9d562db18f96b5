import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Component } from "../../component.ts";
import { isoformat } from "../../datetime/isoformat.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { valueRows } from "../../json/rows/value-rows.ts";
import { Float, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Cursor, Slice } from "../../roles.ts";
import { requestOption } from "../requesters/request-option.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { datetimeBasedCursor } from "./datetime-based-cursor.ts";
import { incrementingCountCursor } from "./incrementing-count-cursor.ts";
import { minMaxDatetime } from "./min-max-datetime.ts";

const components: readonly Component[] = [datetimeBasedCursor, incrementingCountCursor, minMaxDatetime, requestOption];

/** What the reference did with a cursor; see make-cursors.py. */
interface Row extends JsonObject {
  cursor: JsonObject & { type: string };
  config: JsonObject;
  state: JsonObject;
  slices: JsonObject[];
  /** The index of a slice, its records' values, the state sent when it was closed. */
  closed: [number, Json[], JsonObject | null][];
  includes: [Json, boolean][];
  final: JsonObject;
  until: string | null;
  split: JsonObject[];
}

// The table's shape is known from the script that writes it.
const table = parseJson(readFileSync("test/tables/cursors.json", "utf8")) as {
  now: string;
  datetime: Row[];
  count: Row[];
} & JsonObject;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(table.now) });
});
afterAll(() => {
  vi.useRealTimers();
});

describe.each(["datetime", "count"] as const)("%s cursors", (kind) => {
  const rows = table[kind].map(
    (row, index) => [`${index} ${printJson(row.cursor)} from ${printJson(row.state)}`, row] as const,
  );
  test.each(rows.filter(([, row]) => !("raises" in row)))("%s", async (_, row) => {
    const field = "cursor_field" in row.cursor && row.cursor["cursor_field"] === "id" ? "id" : "updated_at";
    const cursor = create(row);
    const slices: Slice[] = [];
    for await (const slice of cursor.slices()) slices.push(slice);
    expect(slices.map(({ interval }) => plain(interval))).toEqual(row.slices.map(plain));
    for (const [value, expected] of row.includes) {
      expect([value, cursor.includes({ [field]: value }, slices[0]!)]).toEqual([value, expected]);
    }
    for (const [index, values, state] of row.closed) {
      const slice = slices[index]!;
      for (const value of values) cursor.observe(slice, valueRows([{ [field]: value }]));
      expect(printJson(cursor.close(slice) ?? null)).toBe(printJson(state));
    }
    expect(printJson(cursor.finish() ?? null)).toBe(printJson(row.final));
    if (kind === "count") return;
    const until = cursor.until(row.state);
    expect(until === undefined ? null : isoformat(until)).toBe(row.until);
    const halves = [...slices.slice(0, 2), ...slices.slice(-1)].map((slice) => ({
      None: cursor.split?.(slice, undefined)?.map(({ interval }) => interval) ?? null,
      P1D: cursor.split?.(slice, "P1D")?.map(({ interval }) => interval) ?? null,
    }));
    expect(halves).toEqual(row.split);
  });
});

function create(row: Row): Cursor {
  const { component } = buildForTest("cursor", row.cursor, {
    components,
    config: row.config,
    within: { name: "users" },
  });
  return component.create(row.state, undefined);
}

/** Values that tests can compare: key order is of no account to them. */
function plain(value: Json): unknown {
  if (value instanceof Float) return Number.isFinite(value.value) ? { float: value.value } : String(value.value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
    : value;
}
