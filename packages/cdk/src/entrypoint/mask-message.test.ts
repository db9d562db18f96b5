import { expect, test } from "vitest";
import { configError } from "../errors.ts";
import { float } from "../json/value.ts";
import { errorTrace } from "../protocol/error-trace.ts";
import {
  analytics,
  configControl,
  connectionStatus,
  logMessage,
  streamState,
  streamStatus,
} from "../protocol/make-message.ts";
import type { Message } from "../protocol/message.ts";
import { printJson } from "../json/print.ts";
import { maskMessage } from "./mask-message.ts";

const mask = (text: string): string => text.replaceAll("secret", "****");
const stream = { name: "secret" };

test.each<[Message]>([
  [logMessage("INFO", "the secret")],
  [connectionStatus("FAILED", "the secret")],
  [analytics("kind", "the secret")],
  [errorTrace(configError("the secret", { internal: "secret", cause: new Error("secret") }))],
])("masked: %#", (message) => {
  const shown = printJson(maskMessage(message, mask));
  expect(shown).toContain("****");
  expect(shown).not.toContain("secret");
});

test.each<[Message]>([
  [{ type: "RECORD", record: { stream: "secret", data: { secret: "secret" }, emitted_at: 1 } }],
  [streamState(stream, { at: "secret" })],
  [configControl({ token: "secret" })],
  [{ type: "SPEC", spec: { connectionSpecification: { secret: "secret" } } }],
  [{ type: "CATALOG", catalog: { streams: [{ name: "secret", json_schema: {}, supported_sync_modes: [] }] } }],
  [streamStatus(stream, "STARTED")],
  [{ type: "TRACE", trace: { type: "ESTIMATE", emitted_at: float(1), estimate: { name: "secret", type: "STREAM" } } }],
])("never touched: %#", (message) => {
  expect(printJson(maskMessage(message, mask))).toBe(printJson(message));
});

test("the stream of an error keeps its name", () => {
  const trace = maskMessage(errorTrace(new Error("secret"), stream), mask);
  expect(trace).toMatchObject({ trace: { error: { stream_descriptor: stream } } });
});
