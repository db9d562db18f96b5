import { expect, test } from "vitest";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import type { Json } from "../json/value.ts";
import { parseCatalog } from "./configured-catalog.ts";
import { parseState } from "./incoming-state.ts";

const stream = (name: string, state?: unknown, namespace?: string | null): unknown => ({
  type: "STREAM",
  stream: { stream_descriptor: { name, namespace }, stream_state: state },
});
const json = (value: unknown): Json => parseJson(JSON.stringify(value));

const states: [string, unknown, [string, unknown][], unknown?][] = [
  ["nothing", null, []],
  ["an empty object", {}, []],
  ["an empty list", [], []],
  [
    "per stream",
    [stream("a", { x: 1 }), stream("b", { y: 2 }, "n"), stream("c")],
    [
      ["a", { x: 1 }],
      ["n.b", { y: 2 }],
      ["c", {}],
    ],
  ],
  ["a null namespace, a null state", [stream("a", null, null)], [["a", {}]]],
  ["without a type", [{ stream: { stream_descriptor: { name: "a" }, stream_state: { x: 1 } } }], [["a", { x: 1 }]]],
  ["twice, the later counts", [stream("a", { x: 1 }), stream("a", { x: 2 })], [["a", { x: 2 }]]],
  ["one message", stream("a", { x: 1 }), [["a", { x: 1 }]]],
  ["whole STATE messages", [{ type: "STATE", state: stream("a", { x: 1 }) }], [["a", { x: 1 }]]],
  [
    "global",
    [
      {
        type: "GLOBAL",
        global: {
          shared_state: { s: 1 },
          stream_states: [{ stream_descriptor: { name: "a" }, stream_state: { x: 1 } }],
        },
      },
    ],
    [["a", { x: 1 }]],
    { s: 1 },
  ],
  ["a legacy message", [{ type: "LEGACY", data: { a: { x: 1 }, cursor: "2020" } }], [["a", { x: 1 }]]],
  [
    "the legacy object",
    { a: { x: 1 }, b: {} },
    [
      ["a", { x: 1 }],
      ["b", {}],
    ],
  ],
  ["a legacy stream named stream", { stream: { x: 1 } }, [["stream", { x: 1 }]]],
];
test.each(states)("a state that is %s", (_, content, expected, shared) => {
  const state = parseState(json(content));
  const found = state.streams.map(({ name, namespace, state: own }) => [
    namespace === undefined ? name : `${namespace}.${name}`,
    own,
  ]);
  expect(found).toEqual(expected);
  expect(state.shared).toEqual(shared);
});

test("a stream's state is found by name and namespace, its numbers exact", () => {
  const state = parseState(parseJson('{"a":{"id":12345678901234567890,"at":1.0}}'));
  expect(printJson(state.of("a"))).toBe('{"id":12345678901234567890,"at":1.0}');
  expect(state.of("a", "n")).toEqual({});
});

test.each([
  ["text", "The state is not valid at /: there must be a list of state messages, or an object."],
  [[1], "The state is not valid at /0: there must be a state message: an object."],
  [
    [{ type: "STREAM" }],
    "The state is not valid at /0: there must be a state message with `stream`, `global` or `data`.",
  ],
  [
    [{ stream: { stream_state: {} } }],
    "The state is not valid at /0/stream/stream_descriptor/name: there must be the name of a stream.",
  ],
  [[stream("a", 5)], "The state is not valid at /0/stream/stream_state: there must be an object."],
  [{ a: "2020" }, "The state is not valid at /a/stream_state: there must be an object."],
])("the state %j is refused", (content, message) => {
  expect(() => parseState(json(content))).toThrow(message);
});

test("a configured catalog is completed by what a source does not look at", () => {
  expect(
    parseCatalog(
      json({ streams: [{ stream: { name: "a", namespace: null }, sync_mode: "incremental", cursor_field: ["x"] }] }),
    ),
  ).toEqual({
    streams: [
      {
        stream: { name: "a", json_schema: {}, supported_sync_modes: ["incremental"] },
        sync_mode: "incremental",
        destination_sync_mode: "append",
        cursor_field: ["x"],
      },
    ],
  });
});

test.each([
  [[], "must be an object with a list `streams`"],
  [{ streams: [{ name: "a" }] }, "/streams/0: looks discovered, not configured"],
  [
    { streams: [{ stream: {}, sync_mode: "incremental" }, 5] },
    "/streams/0: `stream.name` must be a text\n/streams/1: must be an object",
  ],
  [{ streams: [{ stream: { name: "a" }, sync_mode: "full" }] }, '`sync_mode` must be "full_refresh" or "incremental"'],
  [
    { streams: [{ stream: { name: "a" }, sync_mode: "incremental", cursor_field: "x" }] },
    "`cursor_field` must be a list of texts",
  ],
  [
    { streams: [{ stream: { name: "a" }, sync_mode: "incremental", primary_key: ["x"] }] },
    "`primary_key` must be a list of lists",
  ],
])("the catalog %j is refused", (content, message) => {
  expect(() => parseCatalog(json(content))).toThrow(message);
});
