import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Component, StreamScope } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import type { CursorFactory, PartitionRouter } from "../../roles.ts";
import { requestOption } from "../requesters/request-option.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { datetimeBasedCursor } from "./datetime-based-cursor.ts";
import { incrementingCountCursor } from "./incrementing-count-cursor.ts";
import { minMaxDatetime } from "./min-max-datetime.ts";

/** What the reference's tables do not show: errors, requests, the catalog. */
const components: readonly Component[] = [datetimeBasedCursor, incrementingCountCursor, minMaxDatetime, requestOption];
const base = {
  type: "DatetimeBasedCursor",
  cursor_field: "at",
  datetime_format: "%Y-%m-%d",
  start_datetime: "2026-01-01",
};
const count = { type: "IncrementingCountCursor", cursor_field: "id" };

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-15T12:00:00Z") });
});
afterAll(() => {
  vi.useRealTimers();
});

function factory(
  spec: JsonObject & { type: string },
  within: Partial<StreamScope> = {},
  catalog?: JsonObject,
): CursorFactory {
  return buildForTest("cursor", spec, { components, within: { name: "users", ...within }, ...(catalog && { catalog }) })
    .component;
}
const router: PartitionRouter = {
  async *partitions() {
    yield { partition: { id: 1 }, extra: {} };
  },
  options: () => ({}),
  parents: [],
  state: () => undefined,
};

test.each<[string, JsonObject, string]>([
  ["step alone", { step: "P1D" }, "step is P1D and cursor_granularity is not set. Set both, or neither."],
  ["granularity alone", { cursor_granularity: "P1D" }, "step is not set and cursor_granularity is P1D."],
  [
    "a step that is none",
    { step: "1 day", cursor_granularity: "P1D" },
    "step is '1 day', which is no ISO 8601 duration",
  ],
  [
    "a start that is none",
    { start_datetime: "yesterday" },
    "start_datetime cannot be read: time data 'yesterday' does not match",
  ],
  ["an unknown period", { clamping: { target: "YEAR" } }, "clamping.target is 'YEAR'. It must be DAY, WEEK or MONTH."],
  ["a week without its day", { clamping: { target: "WEEK" } }, "needs target_details.weekday, one of MONDAY,"],
])("refused at once: %s", (_, more, message) => {
  expect(() => factory({ ...base, ...more }).create({}, undefined)).toThrow(message);
});

test("a partitioned stream fails when it is read, as in the reference: the others go on", async () => {
  const cursor = factory({ ...base, start_datetime: "yesterday" }).create({}, router);
  await expect(cursor.slices()[Symbol.asyncIterator]().next()).rejects.toThrow("start_datetime cannot be read");
});

test.each<[string, JsonObject, string]>([
  [
    "an unreadable value",
    { at: "soon" },
    'The state of stream users has "soon" as its "at", which the cursor cannot read.',
  ],
  [
    "an unreadable interval",
    { state_type: "date-range", slices: [{ start: "2026-01-01" }] },
    'has {"start":"2026-01-01"} as its "slices"',
  ],
])("a state with %s is refused", (_, state, message) => {
  expect(() => factory(base).create(state, undefined)).toThrow(message);
});

test.each<[string, JsonObject]>([
  ["null", { at: null }],
  ["no intervals", { state_type: "date-range", slices: [] }],
])("a state with %s is none", (_, state) => {
  expect(factory(base).create(state, undefined).state()).toMatchObject({ at: "2026-01-01" });
});

const into = (inject_into: string, field_name: string): JsonObject => ({
  type: "RequestOption",
  inject_into,
  field_name,
});
test.each<[string, JsonObject & { type: string }, JsonObject, JsonObject]>([
  [
    "both borders",
    { ...base, start_time_option: into("request_parameter", "from"), end_time_option: into("body_json", "to") },
    { start_time: "2026-01-01", end_time: "2026-01-15" },
    { params: { from: "2026-01-01" }, json: { to: "2026-01-15" } },
  ],
  [
    "borders of other names",
    { ...base, start_time_option: into("header", "X-From"), partition_field_start: "since" },
    { since: "2026-01-01", end_time: "2026-01-15" },
    { headers: { "X-From": "2026-01-01" } },
  ],
  [
    "a count",
    { ...count, start_value_option: into("request_parameter", "after") },
    { start: 0, end: 9 },
    { params: { after: 0 } },
  ],
  ["nothing", base, { start_time: "2026-01-01", end_time: "2026-01-15" }, {}],
])("requests carry %s", (_, spec, interval, expected) => {
  const options = factory(spec).options({ slice: { partition: {}, interval, extra: {} }, token: undefined });
  expect(options).toMatchObject(expected);
});

const catalog = (cursor_field: string[]): JsonObject => ({
  streams: [
    {
      stream: { name: "users", json_schema: {}, supported_sync_modes: ["incremental"] },
      sync_mode: "incremental",
      destination_sync_mode: "append",
      cursor_field,
    },
  ],
});
const chosen = { ...base, allow_catalog_defined_cursor_field: true };
test.each<[string, JsonObject & { type: string }, Partial<StreamScope>, string[] | undefined, string]>([
  ["the user's", chosen, {}, ["changed"], "changed"],
  ["the user's count", { ...count, allow_catalog_defined_cursor_field: true }, {}, ["number"], "number"],
  ["the manifest's, where the user may not choose", base, {}, ["changed"], "at"],
  ["the manifest's, where the user chose none", chosen, {}, [], "at"],
  ["the manifest's, where the choice is empty", chosen, {}, [""], "at"],
  ["the manifest's without a catalog", chosen, {}, undefined, "at"],
  ["the manifest's in a parent", chosen, { isParent: true }, ["changed"], "at"],
])("the cursor field is %s", (_, spec, within, field, expected) => {
  expect(factory(spec, within, field && catalog(field)).cursorField).toBe(expected);
});

test("a nested cursor field is refused", () => {
  expect(() => factory(chosen, {}, catalog(["a", "b"]))).toThrow('cursor_field is the path ["a","b"]');
});

test("a count cannot be kept by partition", () => {
  expect(() => factory(count).create({}, router)).toThrow("cannot be used together with a partition router");
});
