import { expect, test } from "vitest";
import { configError } from "../errors.ts";
import { parseJson } from "../json/parse.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { streamState, streamStatus } from "../protocol/make-message.ts";
import type { Source } from "../source.ts";
import { configured, messagesOf, runConnector } from "./run-connector.ts";

const source: Source = {
  spec: async () => ({ connectionSpecification: { properties: { key: { airbyte_secret: true } } } }),
  check: async () => ({ status: "SUCCEEDED" }),
  discover: async () => ({ streams: [] }),
  async *read(_, catalog, state, { log, emit }) {
    for (const { stream } of catalog.streams) {
      yield streamStatus(stream, "STARTED");
      log.info(() => `from ${JSON.stringify(state.of(stream.name))}`);
      yield { stream: stream.name, batch: valueRows([parseJson('{"id":1.0,"n":null}'), { id: 2 }]) };
      yield { type: "RECORD", record: { stream: stream.name, data: { id: 3 }, emitted_at: 5 } };
      emit(streamState(stream, { at: 3 }));
      yield streamState(stream, { at: 3 });
    }
  },
};

test("a run is kept as messages", async () => {
  const run = await runConnector(source, ["read"], {
    config: {},
    catalog: configured("users", ["groups", "incremental"]),
    state: { users: { at: 1 } },
  });
  expect(run.exitCode).toBe(0);
  expect(run.logs()).toEqual(['INFO from {"at":1}', "INFO from {}"]);
  expect(run.statuses("users")).toEqual(["STARTED"]);
  expect(run.records("users")).toHaveLength(3);
  expect(run.lastState()).toEqual(
    ["users", "groups"].map((name) => ({
      type: "STREAM",
      stream: { stream_descriptor: { name }, stream_state: { at: 3 } },
      sourceStats: expect.anything() as unknown,
    })),
  );
  expect(run.lines.filter((line) => line.includes('"users"')).slice(1)).toEqual([
    expect.stringMatching(/^{"type":"RECORD","record":{"stream":"users","data":{"id":1\.0},"emitted_at":\d{13}}}$/),
    expect.stringMatching(/^{"type":"RECORD","record":{"stream":"users","data":{"id":2},"emitted_at":\d{13}}}$/),
    '{"type":"RECORD","record":{"stream":"users","data":{"id":3},"emitted_at":5}}',
    '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":{"at":3}},"sourceStats":{"recordCount":3.0}}}',
    '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"users"},"stream_state":{"at":3}},"sourceStats":{"recordCount":0.0}}}',
  ]);
});

test("what is no message is an error of the test", () => {
  expect(() => messagesOf("hello\n")).toThrow("a line of stdout is no message: hello");
  expect(() => messagesOf('{"type":"LOG"')).toThrow("stdout ends within a line");
});

test("a failing check is a result, too", async () => {
  const failing: Source = {
    ...source,
    check: async () => {
      throw configError("the key abcd is wrong");
    },
  };
  const run = await runConnector(failing, ["check"], { config: { key: "abcd" } });
  expect(run.exitCode).toBe(0);
  expect(run.of("CONNECTION_STATUS")[0]!.connectionStatus).toEqual({
    status: "FAILED",
    message: "the key **** is wrong",
  });
});
