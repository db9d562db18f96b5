import { expect, test } from "vitest";
import { createSource } from "../code-source.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { streamStatus } from "../protocol/make-message.ts";
import type { Source } from "../source.ts";
import { readManifest, readSource } from "./read-connector.ts";
import { json, status } from "./replies.ts";
import { startServer } from "./server.ts";

const manifest = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: [id]
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, at: { type: string } } }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      start_datetime: "{{ config['start'] }}"
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
      end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to }
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: "https://api.example.com/v1", path: /orders }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;
const api = {
  "GET /v1/orders": (_: unknown, count: number) =>
    count === 0
      ? status(429, { headers: { "retry-after": "120" } })
      : json('{"data":[{"id":12345678901234567890,"at":"2026-01-05","ratio":1.0}]}'),
};

test("a manifest is read, by its own address, at a time of its own, without a wait", { timeout: 60_000 }, async () => {
  const options = { config: { start: "2026-01-01" }, streams: ["orders"], api, at: "2026-01-10T12:00:00Z" };
  const result = await readManifest(manifest, options);
  expect(result.records("orders")).toEqual([{ id: 12345678901234567890n, at: "2026-01-05", ratio: 1 }]);
  expect(result.statuses("orders")).toEqual(["STARTED", "RUNNING", "RUNNING", "COMPLETE"]); // one for the rate limit
  expect(result.states("orders").at(-1)).toEqual({ at: "2026-01-05" });
  expect(result.waits).toHaveLength(1);
  expect(result.requests.map(({ url }) => url)).toEqual([
    "https://api.example.com/v1/orders?from=2026-01-01&to=2026-01-10",
    "https://api.example.com/v1/orders?from=2026-01-01&to=2026-01-10",
  ]);
  expect([result.exitCode, result.errors, result.problems]).toEqual([0, [], []]);

  const next = await readManifest(manifest, { ...options, state: result.state, at: new Date("2026-01-11") });
  expect(next.requests.at(-1)?.query).toEqual({ from: "2026-01-05", to: "2026-01-11" });
  expect(new Date().getFullYear()).not.toBe(1970); // the clock of the process is its own again
});

test("a source in code is led to the server, too, and what it does wrong is told", async () => {
  const source = createSource({
    spec: { connectionSpecification: { type: "object", properties: {} } },
    streams: () => [
      {
        name: "users",
        primaryKey: [["id"]],
        schema: { type: "object", properties: { id: { type: "integer" } } },
        async *read() {
          const answer = await fetch("https://api.example.com/users", { method: "POST", body: '{"page":1}' });
          yield valueRows((await answer.json()) as { id: number }[]);
        },
      },
    ],
  });
  await using server = await startServer({ "POST /users": json([{ id: "1" }]) });
  const result = await readSource(source, { api: server });
  expect(result.records("users")).toEqual([{ id: "1" }]);
  expect(result.requests).toMatchObject([{ method: "POST", path: "/users", body: '{"page":1}' }]);
  expect(result.problems).toEqual(['users: Record 1: /id is "1" but must be an integer']);
});

test("a stream that is not there, and a source that tells none", async () => {
  await expect(readManifest(manifest, { config: { start: "2026-01-01" }, streams: ["order"] })).rejects.toThrow(
    "There is no stream order: there are orders.",
  );
  await expect(readManifest("version: 7.0.0\ntype: DeclarativeSource")).rejects.toThrow("The streams cannot be told:");
  const silent: Source = {
    spec: async () => ({ connectionSpecification: { type: "object", properties: {} } }),
    check: async () => ({ status: "SUCCEEDED" }),
    discover: async () => ({ streams: [{ name: "s", json_schema: {}, supported_sync_modes: ["full_refresh"] }] }),
    async *read() {
      yield streamStatus({ name: "s" }, "STARTED");
    },
  };
  expect((await readSource(silent)).problems).toEqual(["s: The last status is STARTED, not COMPLETE."]);
});
