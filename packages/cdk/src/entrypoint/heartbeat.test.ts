import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { sleep } from "../http/sleep.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { Float } from "../json/value.ts";
import { parseCatalog } from "../protocol/configured-catalog.ts";
import { parseState } from "../protocol/incoming-state.ts";
import { logMessage, streamState } from "../protocol/make-message.ts";
import type { Source } from "../source.ts";
import { json, status } from "../testing/replies.ts";
import { configured, messagesOf, runConnector } from "../testing/run-connector.ts";
import { startServer } from "../testing/server.ts";
import { heartbeatPause, startingState, withHeartbeat, type BeatingOutput } from "./heartbeat.ts";
import { createOutput } from "./output.ts";

/** An output, the STATEs that came out of it, each with its count, and a clock. */
function beating(): { output: BeatingOutput; signal: AbortSignal; states(): Promise<string[]> } {
  const written: string[] = [];
  const { signal } = new AbortController();
  const sink = {
    write: (bytes: Uint8Array) => void written.push(Buffer.from(bytes).toString()),
    behind: () => undefined,
    end: async () => undefined,
  };
  const output = withHeartbeat(createOutput({ sink, mask: (text) => text }), signal, { pause: 40 });
  return {
    output,
    signal,
    async states() {
      await output.end();
      return messagesOf(written.join(""))
        .of("STATE")
        .map(({ state: { stream, sourceStats } }) => `${JSON.stringify(stream!.stream_state)} ${countOf(sourceStats)}`);
    },
  };
}
function countOf(stats: { readonly recordCount?: unknown } | undefined): number {
  const count = stats?.recordCount;
  return count instanceof Float ? count.value : Number.NaN;
}
const users = (at: number): ReturnType<typeof streamState> => streamState({ name: "users" }, { at });

test("while it waits, the last STATE is sent again as it was, and counts what was sent since", async () => {
  const { output, signal, states } = beating();
  output.message(users(1));
  output.records({ stream: "users", batch: valueRows([{ id: 1 }, { id: 2 }]) });
  await sleep(0.15, signal);
  const sent = await states();
  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(sent.slice(0, 3)).toEqual(['{"at":1} 0', '{"at":1} 2', '{"at":1} 0']);
});

test("many short waits are one long one", async () => {
  const { output, signal, states } = beating();
  output.startFrom(users(7));
  for (let count = 0; count < 12; count++) {
    output.message(logMessage("INFO", "asked again"));
    await sleep(0.01, signal);
  }
  expect((await states())[0]).toBe('{"at":7} 0');
});

test.each<[string, (output: BeatingOutput, signal: AbortSignal) => Promise<void>, string[]]>([
  ["a source that hangs is silent", async () => setTimeout(100), ['{"at":1} 0']],
  ["a wait that is short is silent", async (_, signal) => sleep(0.01, signal), ['{"at":1} 0']],
  [
    "so is a wait after which all is over",
    async (_, signal) => {
      await sleep(0.01, signal);
      await setTimeout(100);
    },
    ['{"at":1} 0'],
  ],
  [
    "records are signs of life",
    async (output, signal) => {
      const waiting = sleep(0.1, signal);
      for (let count = 0; count < 10; count++) {
        output.records({ stream: "users", batch: valueRows([{}]) });
        await setTimeout(10);
      }
      await waiting;
    },
    ['{"at":1} 0'],
  ],
])("%s", async (_, act, expected) => {
  const { output, signal, states } = beating();
  output.message(users(1));
  output.startFrom(users(0));
  await act(output, signal);
  expect(await states()).toEqual(expected);
});

test.each<[string, string[], Record<string, object>, [name: string, state: object] | undefined]>([
  ["of the stream that has one", ["users", "groups"], { groups: { at: 1 } }, ["groups", { at: 1 }]],
  ["the empty one", ["users", "groups"], {}, ["users", {}]],
  ["none without a stream", [], { users: { at: 1 } }, undefined],
])("the state to start from: %s", (_, streams, incoming, expected) => {
  const state = parseState(incoming as Parameters<typeof parseState>[0]);
  const message = startingState(parseCatalog(configured(...streams)), state);
  expect(message).toEqual(expected && streamState({ name: expected[0] }, expected[1] as never));
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["0", undefined],
  ["soon", undefined],
  ["0.5", 500],
])("FERRY_HEARTBEAT_SECONDS=%s", (given, expected) => expect(heartbeatPause(given)).toBe(expected));

const manifest = (url: string): Parameters<typeof JSON.stringify>[0] => ({
  version: "6.0.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["users"] },
  spec: { type: "Spec", connection_specification: { type: "object", properties: {} } },
  streams: [
    {
      type: "DeclarativeStream",
      name: "users",
      schema_loader: { type: "InlineSchemaLoader", schema: {} },
      retriever: {
        type: "SimpleRetriever",
        requester: {
          type: "HttpRequester",
          url_base: url,
          error_handler: {
            type: "DefaultErrorHandler",
            backoff_strategies: [{ type: "WaitTimeFromHeader", header: "Retry-After" }],
          },
        },
        record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
      },
    },
  ],
});

test("a sync that an API holds back says until when, and goes on telling its state", async () => {
  await using api = await startServer((_, count) =>
    count === 0 ? status(429, { headers: { "retry-after": "0.1" } }) : json([{ id: 1 }]),
  );
  const source: Source | undefined = undefined;
  const before = Date.now();
  const run = await runConnector(source, ["read"], {
    config: {},
    catalog: configured("users"),
    state: { users: { at: 3 } },
    manifest: manifest(api.url) as never,
    env: { FERRY_HEARTBEAT_SECONDS: "0.2" },
  });
  expect(run.exitCode).toBe(0);
  const [limited] = run.of("TRACE").flatMap(({ trace }) => trace.stream_status?.reasons ?? []);
  expect(limited!.type).toBe("RATE_LIMITED");
  expect(Number(limited!.rate_limited!.quota_reset) - before).toBeGreaterThanOrEqual(100);
  const states = run
    .of("STATE")
    .map(({ state: { stream, sourceStats } }) => [stream!.stream_state, countOf(sourceStats)]);
  expect(states.length).toBeGreaterThanOrEqual(4);
  for (const [state] of states.slice(0, -1)) expect(state).toEqual({ at: 3 });
  expect(states.at(-1)![0]).toEqual({ __ab_no_cursor_state_message: true });
  expect(states.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(1);
});
