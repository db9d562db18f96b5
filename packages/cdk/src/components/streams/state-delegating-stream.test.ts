import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { component, type Component, type StreamScope } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import type { Stream } from "../../roles.ts";
import { datetimeBasedCursor } from "../cursors/datetime-based-cursor.ts";
import { incrementingCountCursor } from "../cursors/incrementing-count-cursor.ts";
import { minMaxDatetime } from "../cursors/min-max-datetime.ts";
import { finalCursor } from "../cursors/shared/final.ts";
import { requestOption } from "../requesters/request-option.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { stateDelegatingStream } from "./state-delegating-stream.ts";

/** A stream that is nothing but its cursor. Its fields tell which of the variants it is, its state what it was given. */
const stream: Component<"stream"> = component({
  kind: "stream",
  type: "DeclarativeStream",
  schema: (slot, z) => z.object({ name: z.string().default(""), incremental_sync: slot("cursor").optional() }),
  create({ name, incremental_sync }, scope): Stream {
    const state = scope.stream.state ?? {};
    const cursor = incremental_sync ? scope.build(incremental_sync).create(state, undefined) : finalCursor(undefined);
    return {
      name: scope.self["variant"] as string, // given by the specs below
      namespace: JSON.stringify(state),
      primaryKey: [],
      cursorField: name,
      isFileBased: false,
      parents: [],
      cursor,
      schema: async () => ({}),
      read: async function* () {},
    };
  },
});
const components: readonly Component[] = [
  datetimeBasedCursor,
  incrementingCountCursor,
  minMaxDatetime,
  requestOption,
  stateDelegatingStream,
  stream,
];

const timed = {
  type: "DatetimeBasedCursor",
  cursor_field: "at",
  datetime_format: "%Y-%m-%d",
  start_datetime: "2020-01-01",
};
const counted = { type: "IncrementingCountCursor", cursor_field: "id" };
const spec = (more: JsonObject = {}, full: JsonObject = {}, incremental: JsonObject = { incremental_sync: timed }) => ({
  type: "StateDelegatingStream",
  name: "users",
  full_refresh_stream: { type: "DeclarativeStream", name: "users", variant: "full", ...full },
  incremental_stream: { type: "DeclarativeStream", name: "users", variant: "incremental", ...incremental },
  ...more,
});
const month = spec({ api_retention_period: "P30D" });
const catalogOf = (name: string): JsonObject => ({
  streams: [
    {
      stream: { name, json_schema: {}, supported_sync_modes: ["incremental"] },
      sync_mode: "incremental",
      destination_sync_mode: "append",
    },
  ],
});

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-15T12:00:00Z") });
});
afterAll(() => {
  vi.useRealTimers();
});

interface Case {
  of?: JsonObject & { type: string };
  state?: JsonObject;
  catalog?: JsonObject;
  within?: Partial<StreamScope>;
}
test.each<[string, Case, [variant: string, state: JsonObject, sent: number]]>([
  ["without a state", {}, ["full", {}, 0]],
  ["with a state", { state: { at: "2019-01-01" } }, ["incremental", { at: "2019-01-01" }, 0]],
  [
    "with a state within the period",
    { of: month, state: { at: "2026-01-01" } },
    ["incremental", { at: "2026-01-01" }, 0],
  ],
  ["with an older state", { of: month, state: { at: "2025-12-01" } }, ["full", {}, 1]],
  [
    "older, and in the catalog",
    { of: month, state: { at: "2025-12-01" }, catalog: catalogOf("users") },
    ["full", {}, 1],
  ],
  [
    "older, but not in the catalog",
    { of: month, state: { at: "2025-12-01" }, catalog: catalogOf("teams") },
    ["incremental", { at: "2025-12-01" }, 0],
  ],
  [
    "older, as a parent",
    { of: month, within: { isParent: true, state: { at: "2025-12-01" } }, catalog: catalogOf("teams") },
    ["full", {}, 0],
  ],
  ["a parent without a state", { within: { isParent: true, state: {} }, state: { at: "2026-01-01" } }, ["full", {}, 0]],
  [
    "a state that lists intervals",
    { of: month, state: { state_type: "date-range", slices: [{ start: "2020-01-01", end: "2026-01-14" }] } },
    ["incremental", { state_type: "date-range", slices: [{ start: "2020-01-01", end: "2026-01-14" }] }, 0],
  ],
  ["a state that says nothing of time", { of: month, state: { other: 1 } }, ["full", {}, 1]],
  [
    "after a full refresh",
    { of: month, state: { __ab_no_cursor_state_message: true } },
    ["incremental", { __ab_no_cursor_state_message: true }, 0],
  ],
  [
    "a period that comes to nothing",
    { of: spec({ api_retention_period: "{{ config['period'] }}" }), state: { at: "2019-01-01" } },
    ["incremental", { at: "2019-01-01" }, 0],
  ],
])("%s", (_, { of = spec(), state = {}, catalog, within = {} }, expected) => {
  const { component: built, messages } = buildForTest("stream", of, {
    components,
    config: { period: "" },
    state: { users: state },
    within,
    ...(catalog && { catalog }),
  });
  expect([built.name, JSON.parse(built.namespace!), messages.length]).toEqual(expected);
  if (messages.length > 0) {
    expect(messages).toEqual([
      { type: "STATE", state: { type: "STREAM", stream: { stream_descriptor: { name: "users" }, stream_state: {} } } },
    ]);
  }
});

test.each<[string, JsonObject & { type: string }, string]>([
  ["another name", spec({}, { name: "teams" }), "holds a stream named teams"],
  ["a count", spec({ api_retention_period: "P1D" }, {}, { incremental_sync: counted }), "needs a cursor of times"],
  ["no duration", spec({ api_retention_period: "30 days" }), "api_retention_period is 30 days, which is no ISO 8601"],
])("refused: %s", (_, of, message) => {
  expect(() => buildForTest("stream", of, { components, state: { users: { at: "2026-01-01" } } })).toThrow(message);
});
