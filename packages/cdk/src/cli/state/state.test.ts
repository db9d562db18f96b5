import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseJson } from "../../json/parse.ts";
import type { JsonObject } from "../../json/value.ts";
import { parseState } from "../../protocol/incoming-state.ts";
import { connectorFolder } from "../run/place-for-test.ts";
import { diffStates, rewindState, showState, validateState } from "../state.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import type { CursorWords } from "./cursors.ts";
import { rewind, type Rewinding } from "./rewind.ts";

let folder: Awaited<ReturnType<typeof connectorFolder>>;
beforeAll(async () => {
  folder = await connectorFolder({});
});
afterAll(() => folder[Symbol.asyncDispose]());

const stream = (name: string, state: JsonObject): JsonObject => ({
  type: "STREAM",
  stream: { stream_descriptor: { name }, stream_state: state },
});
async function file(name: string, content: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

const day = "%Y-%m-%d";
const cursors = new Map<string, CursorWords | undefined>([
  ["days", { field: "at", formats: [day] }],
  ["epochs", { field: "at", formats: ["%s"] }],
  ["counts", { field: "id", formats: [] }],
  ["children", { field: "at", formats: ["%Y-%m-%dT%H:%M:%SZ"] }],
]);

test.each<[string, string, JsonObject, Rewinding, JsonObject]>([
  ["a later time", "days", { at: "2026-03-01" }, { to: "2026-02-10" }, { at: "2026-02-10" }],
  ["an earlier time stays", "days", { at: "2026-02-01" }, { to: "2026-02-10" }, { at: "2026-02-01" }],
  ["by days", "days", { at: "2026-03-01" }, { by: "7d" }, { at: "2026-02-22" }],
  ["by a month", "days", { at: "2026-03-31" }, { by: "P1M" }, { at: "2026-02-28" }],
  ["seconds since 1970", "epochs", { at: 1772323200 }, { by: "1h" }, { at: 1772319600 }],
  ["seconds as text", "epochs", { at: "1772323200" }, { by: "1h" }, { at: "1772319600" }],
  ["a count stays", "counts", { id: 12 }, { to: "2026-01-01" }, { id: 12 }],
  [
    "a format that is seen",
    "unknown",
    { at: "2026-03-01T10:00:00.123+00:00" },
    { by: "1d" },
    { at: "2026-02-28T10:00:00.123+00:00" },
  ],
  [
    "partitions, their parents, and what stands for all",
    "children",
    {
      use_global_cursor: false,
      states: [{ partition: { id: "2026-03-01T00:00:00Z" }, cursor: { at: "2026-03-01T00:00:00Z" } }],
      state: { at: "2026-03-02T00:00:00Z" },
      lookback_window: 5,
      parent_state: { days: { at: "2026-03-01" } },
    },
    { to: "2026-02-01" },
    {
      use_global_cursor: false,
      states: [{ partition: { id: "2026-03-01T00:00:00Z" }, cursor: { at: "2026-02-01T00:00:00Z" } }],
      state: { at: "2026-02-01T00:00:00Z" },
      lookback_window: 5,
      parent_state: { days: { at: "2026-02-01" } },
    },
  ],
  [
    "intervals end earlier, and those that would end before they begin go",
    "days",
    {
      state_type: "date-range",
      slices: [
        { start: "2026-01-01", end: "2026-02-01" },
        { start: "2026-03-01", end: "2026-04-01" },
      ],
    },
    { to: "2026-01-15" },
    { state_type: "date-range", slices: [{ start: "2026-01-01", end: "2026-01-15" }] },
  ],
])("rewinding %s", (_, name, state, rewinding, expected) => {
  const { streams } = rewind(parseState([stream(name, state)]), cursors, rewinding);
  expect(streams[0]?.state).toEqual(expected);
});

test("a rewound state goes to stdout, or into its file; what changes is told", async () => {
  const path = await file("state.json", JSON.stringify([stream("events", { at: "2026-02-20" }), stream("users", {})]));
  const printing = fakeTerminal("pipe");
  await rewindState(path, folder.path, { by: "7d", streams: ["events"] }, false, printing);
  const printed = parseState(parseJson(printing.out()));
  expect([printed.of("events"), printing.err()]).toEqual([
    { at: "2026-02-13" },
    'events at: "2026-02-20" → "2026-02-13"\n',
  ]);
  const writing = fakeTerminal("terminal");
  await rewindState(path, folder.path, { to: "2026-01-31" }, true, writing);
  expect(parseState(parseJson(await readFile(path, "utf8"))).of("events")).toEqual({ at: "2026-01-31" });
  expect(writing.out()).toBe("");
  await expect(rewindState(path, folder.path, { by: "7d", streams: ["event"] }, false, printing)).rejects.toThrow(
    'There is no state of a stream "event". Did you mean "events"?',
  );
  const counts = await file("counts.json", JSON.stringify([stream("users", { id: 12 })]));
  for (const [rewinding, why] of [
    [{ by: "7d" }, "No cursor in it is a time: the state stays as it is.\n"],
    [{ to: "2026-01-01" }, "Nothing in it is later than that: the state stays as it is.\n"],
  ] as const) {
    const told = fakeTerminal("pipe");
    await rewindState(counts, folder.path, rewinding, false, told);
    expect(told.err()).toBe(why);
  }
  await expect(rewindState(path, folder.path, { by: "soon" }, false, printing)).rejects.toThrow(
    "--by soon is no length of time",
  );
  await expect(rewindState(path, folder.path, {}, false, printing)).rejects.toThrow("State how far to go back");
});

test("what all streams share stays; what a connector printed is not written over", async () => {
  const states = [{ stream_descriptor: { name: "events" }, stream_state: { at: "2026-02-20" } }];
  const shared_state = { position: 7 };
  const path = await file(
    "global.json",
    JSON.stringify({ type: "GLOBAL", global: { shared_state, stream_states: states } }),
  );
  await rewindState(path, folder.path, { by: "1d" }, true, fakeTerminal("pipe"));
  const after = parseState(parseJson(await readFile(path, "utf8")));
  expect([after.shared, after.of("events")]).toEqual([shared_state, { at: "2026-02-19" }]);
  const lines = [{ type: "RECORD" }, { type: "STATE", state: stream("events", { at: "2026-02-20" }) }];
  const printed = await file("out.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
  await expect(rewindState(printed, folder.path, { by: "1d" }, true, fakeTerminal("pipe"))).rejects.toThrow(
    "--write would put a state in the place of its records",
  );
});

test("show tells until when each stream was read: of a file, or of what a read printed", async () => {
  const partitions = { states: [1, 2].map((id) => ({ partition: { id }, cursor: { at: `2026-02-0${id}` } })) };
  const lines = [
    { type: "LOG", log: { level: "INFO", message: "x" } },
    { type: "STATE", state: stream("events", { at: "2026-01-01" }) },
    { type: "STATE", state: stream("events", { at: "2026-02-01" }) },
    { type: "STATE", state: stream("users", { __ab_no_cursor_state_message: true }) },
    { type: "STATE", state: stream("parts", partitions) },
  ];
  const path = await file("printed.jsonl", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const people = fakeTerminal("terminal");
  await showState(path, undefined, people);
  expect(people.out()).toBe(
    "stream  cursor  until                    partitions\n" +
      "events  at      2026-02-01\n" +
      "users   none    read whole\n" +
      "parts   at      2026-02-01 … 2026-02-02           2\n",
  );
  const program = fakeTerminal("pipe");
  await showState(path, undefined, program);
  expect(parseState(parseJson(program.out())).of("events")).toEqual({ at: "2026-02-01" });
});

test("diff tells what moved, came and went", async () => {
  const before = await file(
    "before.json",
    JSON.stringify([stream("a", { at: "2026-01-01", n: 1 }), stream("b", { x: 1 })]),
  );
  const after = await file(
    "after.json",
    JSON.stringify([stream("a", { at: "2026-01-03", m: 2 }), stream("c", { y: 1 })]),
  );
  const people = fakeTerminal("terminal");
  expect(await diffStates(before, after, undefined, people)).toBe(false);
  expect(people.out()).toBe(
    '~ a at: "2026-01-01" → "2026-01-03" (on by 48 h 0 min)\n- a n: 1\n+ a m: 2\n- b: {"x":1}\n+ c: {"y":1}\n',
  );
  const program = fakeTerminal("pipe");
  await diffStates(before, after, undefined, program);
  expect(parseJson(program.out())).toHaveLength(5);
  const same = fakeTerminal("terminal");
  expect([await diffStates(before, before, undefined, same), same.out()]).toEqual([true, "They are the same.\n"]);
});

test.each<[JsonObject[], boolean, string[]]>([
  [
    [stream("events", { at: "2026-01-01" }), stream("users", { __ab_no_cursor_state_message: true })],
    true,
    ["is valid."],
  ],
  [
    [stream("event", { at: "2026-01-01" })],
    false,
    ['error event: The connector has no such stream. Did you mean "events"?'],
  ],
  [
    [stream("events", { at: "01/02/2026" })],
    false,
    ['error events at: "01/02/2026" cannot be read: the cursor\'s format is %Y-%m-%d.'],
  ],
  [
    [stream("events", { updated: "2026-01-01" })],
    false,
    ['error events: The cursor\'s field "at" stands nowhere in it'],
  ],
  [
    [stream("events", { states: [{ cursor: {} }], state: { at: "2026-01-01" } })],
    false,
    ["error events states.0: Each of the states must have"],
  ],
  [[stream("users", { at: "x" })], true, ["warning users: The stream has no cursor"]],
  [[stream("events", {})], true, ['warning events: The state holds nothing of the cursor "at"']],
])("validate says of %j", async (states, isValid, expected) => {
  const path = await file("checked.json", JSON.stringify(states));
  const people = fakeTerminal("terminal");
  expect(await validateState(path, folder.path, undefined, undefined, people)).toBe(isValid);
  for (const text of expected) expect(people.out()).toContain(text);
  const program = fakeTerminal("pipe");
  await validateState(path, folder.path, undefined, undefined, program);
  expect(parseJson(program.out())).toMatchObject({ errors: isValid ? 0 : 1 });
});
