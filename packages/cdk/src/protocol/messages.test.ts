import { readFileSync } from "node:fs";
import { expect, expectTypeOf, test } from "vitest";
import { messageTypes } from "../../../../scripts/generate-messages.mjs";
import { printJson } from "../json/print.ts";
import { float, type JsonObject } from "../json/value.ts";
import { configError } from "../errors.ts";
import { errorTrace, stackTrace } from "./error-trace.ts";
import { analytics, configControl, connectionStatus, logMessage, streamState, streamStatus } from "./make-message.ts";
import type { Message } from "./message.ts";
import { nearest } from "./nearest.ts";
import { unknownStream } from "./unknown-stream.ts";

test("messages.gen.ts is what airbyte_protocol.yaml makes", async () => {
  expect(readFileSync(new URL("messages.gen.ts", import.meta.url), "utf8")).toBe(await messageTypes());
});

test("a message is a JSON object", () => {
  expectTypeOf<Message>().toExtend<JsonObject>();
});

const messages: [Message, string][] = [
  [logMessage("INFO", "a\nb"), '{"type":"LOG","log":{"level":"INFO","message":"a\\nb"}}'],
  [
    streamState({ name: "a", namespace: "n" }, { at: float(1) }),
    '{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"a","namespace":"n"},"stream_state":{"at":1.0}}}}',
  ],
  [
    streamStatus({ name: "a", namespace: undefined }, "STARTED"),
    `{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":NOW.0,"stream_status":{"stream_descriptor":{"name":"a"},"status":"STARTED"}}}`,
  ],
  [
    streamStatus({ name: "a" }, "RUNNING", [{ type: "RATE_LIMITED", rate_limited: { quota_reset: 5 } }]),
    `{"type":"TRACE","trace":{"type":"STREAM_STATUS","emitted_at":NOW.0,"stream_status":{"stream_descriptor":{"name":"a"},"status":"RUNNING","reasons":[{"type":"RATE_LIMITED","rate_limited":{"quota_reset":5}}]}}}`,
  ],
  [
    configControl({ token: "t" }),
    `{"type":"CONTROL","control":{"type":"CONNECTOR_CONFIG","emitted_at":NOW.0,"connectorConfig":{"config":{"token":"t"}}}}`,
  ],
  [
    analytics("kind", "1"),
    `{"type":"TRACE","trace":{"type":"ANALYTICS","emitted_at":NOW.0,"analytics":{"type":"kind","value":"1"}}}`,
  ],
  [connectionStatus("SUCCEEDED"), '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}'],
];
test.each(messages)("message %#", (message, expected) => {
  expect(printJson(message).replace(/\d{13}/, "NOW")).toBe(expected);
});

const failures: [string, unknown, object][] = [
  [
    "an error for the user",
    configError("no key", { internal: "KeyError", stream: "users" }),
    {
      message: "no key",
      internal_message: "KeyError",
      failure_type: "config_error",
      stream_descriptor: { name: "users" },
    },
  ],
  [
    "any error",
    new TypeError("x is undefined"),
    { internal_message: "TypeError: x is undefined", failure_type: "system_error" },
  ],
  ["no error at all", "text", { internal_message: "text", failure_type: "system_error" }],
];
test.each(failures)("the trace of %s", (_, thrown, expected) => {
  expect(errorTrace(thrown)).toMatchObject({ type: "TRACE", trace: { type: "ERROR", error: expected } });
});

test("a stack tells the causes too, and ends at a circle", () => {
  const inner: Error = new Error("inner", { cause: new AggregateError([new Error("first")], "many") });
  const outer = configError("outer", { cause: inner });
  expect(stackTrace(outer)).toMatch(
    /^ConnectorError: outer\n[^]*\nCaused by: Error: inner\n[^]*Aggregate[^]*Error: first/,
  );
  inner.cause = outer;
  expect(stackTrace(outer).match(/Caused by/g)).toHaveLength(1);
});

test.each([
  ["usres", ["users", "groups"], "users"],
  ["Users", ["users"], "users"],
  ["invoice", ["invoices", "voice"], "invoices"],
  ["chek", ["check", "spec"], "check"],
  ["completely else", ["users"], undefined],
  ["a", ["b"], undefined],
  ["x", [], undefined],
])("nearest to %s in %j is %s", (wanted, names, expected) => {
  expect(nearest(wanted, names)).toBe(expected);
});

test("an unknown stream is reported with the name that may be meant", () => {
  expect(unknownStream({ name: "usres" }, ["users"])).toMatchObject([
    { type: "LOG", log: { level: "ERROR", message: expect.stringContaining('Is "users" meant?') as string } },
    { type: "TRACE", trace: { stream_status: { stream_descriptor: { name: "usres" }, status: "INCOMPLETE" } } },
  ]);
});
