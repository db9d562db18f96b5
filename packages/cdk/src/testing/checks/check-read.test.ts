import { expect, test } from "vitest";
import { Float, type JsonObject } from "../../json/value.ts";
import { streamState, streamStatus } from "../../protocol/make-message.ts";
import type { Message } from "../../protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { createReadCheck } from "./check-read.ts";

const catalog: ConfiguredAirbyteCatalog = {
  streams: [
    {
      stream: {
        name: "s",
        json_schema: { type: "object", properties: { id: { type: "integer" }, at: { type: ["null", "string"] } } },
        supported_sync_modes: ["full_refresh", "incremental"],
        source_defined_primary_key: [["id"]],
      },
      sync_mode: "incremental",
      destination_sync_mode: "append",
    },
  ],
};

type Status = "STARTED" | "RUNNING" | "COMPLETE" | "INCOMPLETE";
const is = (status: Status, name = "s"): Message => streamStatus({ name }, status);
const record = (data: JsonObject, stream = "s"): Message => ({
  type: "RECORD",
  record: { stream, data, emitted_at: 1 },
});
function state(value: JsonObject, count: number | undefined): Message {
  const message = streamState({ name: "s" }, value) as Extract<Message, { type: "STATE" }>;
  if (count === undefined) return message;
  return { ...message, state: { ...message.state, sourceStats: { recordCount: new Float(count) } } };
}
const error: Message = { type: "TRACE", trace: { type: "ERROR", emitted_at: 1, error: { message: "it broke" } } };

const begin = [is("STARTED"), is("RUNNING")];
const end = [is("COMPLETE"), state({ at: "2026-01-02" }, 0)];
const good = [
  ...begin,
  record({ id: 1, at: "2026-01-01" }),
  state({ at: "2026-01-01" }, 1),
  record({ id: 2 }),
  state({ at: "2026-01-02" }, 1),
  ...end,
];

const table: [string, readonly Message[], readonly string[]][] = [
  ["a good read", good, []],
  ["a stream without records", [is("STARTED"), is("COMPLETE"), state({}, 0)], []],
  ["a rate limit while running", [...begin, is("RUNNING"), ...end], []],
  ["no status at all", [], ["status: The last status is none, not COMPLETE."]],
  ["an incomplete stream", [...begin, is("INCOMPLETE")], ["status: The last status is INCOMPLETE, not COMPLETE."]],
  ["RUNNING first", [is("RUNNING"), ...end], ["status: RUNNING came as the first status."]],
  [
    "records before RUNNING",
    [is("STARTED"), record({ id: 1 }), record({ id: 2 }), is("RUNNING"), ...end.slice(0, 1), state({}, 2)],
    ["status: Records came after STARTED: RUNNING has to come first."],
  ],
  [
    "records after COMPLETE",
    [...begin, ...end, record({ id: 1 }), state({}, 1)],
    ["status: Records came after COMPLETE: RUNNING has to come first."],
  ],
  ["COMPLETE twice", [...begin, is("COMPLETE"), ...end], ["status: COMPLETE came after COMPLETE."]],
  [
    "a stream nobody asked for",
    [...good, record({ id: 1 }, "other")],
    ["stream: A record came of a stream that was not asked for."],
  ],
  [
    "a wrong count",
    [...begin, record({ id: 1 }), is("COMPLETE"), state({}, 3)],
    ["state-count: STATE 1 counts 3 records, but 1 came since the STATE before."],
  ],
  [
    "no count",
    [...begin, is("COMPLETE"), state({}, undefined)],
    ["state-count: STATE 1 has no sourceStats.recordCount."],
  ],
  [
    "records after the last state",
    [...begin, state({}, 0), record({ id: 1 }), is("COMPLETE")],
    ["state: 1 records came after the last STATE: they are lost where a sync is resumed."],
  ],
  ["no state", [...begin, is("COMPLETE")], ["state: No STATE came of an incremental stream."]],
  [
    "a cursor that goes back",
    [...begin, state({ at: "2026-01-03" }, 0), state({ at: "2026-01-02T23:00:00Z" }, 0), is("COMPLETE")],
    ['cursor: STATE 2 goes back: at is "2026-01-02T23:00:00Z", and was "2026-01-03".'],
  ],
  [
    "cursors of partitions",
    [
      ...begin,
      state(
        {
          states: [
            { partition: { p: 1 }, cursor: { at: 5 } },
            { partition: { p: 2 }, cursor: { at: 1 } },
          ],
        },
        0,
      ),
      state(
        {
          states: [
            { partition: { p: 2 }, cursor: { at: 2 } },
            { partition: { p: 1 }, cursor: { at: 4 } },
          ],
        },
        0,
      ),
      is("COMPLETE"),
    ],
    ['cursor: STATE 2 goes back: states[{"p":1}].cursor.at is 4, and was 5.'],
  ],
  [
    "records against their schema, each fault once",
    [...begin, record({ id: "1" }), record({ id: "2" }), record({ id: 3, at: 4 }), is("COMPLETE"), state({}, 3)],
    ['schema: Record 1: /id is "1" but must be an integer', "schema: Record 3: /at is 4 but must be null or a text"],
  ],
  [
    "keys that are missing, or come again",
    [...begin, record({ at: "x" }), record({ id: 1 }), record({ id: 1 }), is("COMPLETE"), state({}, 3)],
    [
      "primary-key: Record 1 has no id, of which its primary key is made.",
      "primary-key (warning): Record 3 has the primary key of an earlier one: [1].",
    ],
  ],
  [
    "a secret in a record",
    [...begin, record({ id: 1, at: "my s3cr3t-value" }), is("COMPLETE"), state({}, 1)],
    ["secret: A RECORD shows a secret of the config."],
  ],
  ["an error", [error, ...good], ["error: it broke"]],
];
test.each(table)("%s", async (_, messages, expected) => {
  const check = await createReadCheck({ catalog, secrets: ["s3cr3t-value", "short"] });
  for (const message of messages) check.observe(message);
  const told = check
    .end()
    .map(({ rule, message, isWarning }) => `${rule}${isWarning === true ? " (warning)" : ""}: ${message}`);
  expect(told).toEqual(expected);
});

test("an empty stream is wrong where it must not be", async () => {
  const check = await createReadCheck({ catalog, mayBeEmpty: () => false });
  for (const message of [is("STARTED"), is("COMPLETE"), state({}, 0)]) check.observe(message);
  expect(check.end().map(({ rule }) => rule)).toEqual(["empty"]);
});

test("of many faults of one rule a few are told, and their number", async () => {
  const check = await createReadCheck({ catalog });
  for (const message of [...begin, ...Array.from({ length: 20 }, () => record({})), is("COMPLETE"), state({}, 20)]) {
    check.observe(message);
  }
  expect(
    check
      .end()
      .map(({ message }) => message)
      .slice(4),
  ).toEqual(["Record 5 has no id, of which its primary key is made.", "… and 15 more of this rule."]);
});
