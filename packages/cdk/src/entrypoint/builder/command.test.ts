import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import { json, status } from "../../testing/replies.ts";
import { configured, runConnector, type ConnectorRun } from "../../testing/run-connector.ts";
import { startServer, type TestServer } from "../../testing/server.ts";

const manifest = (url: string): JsonObject => ({
  version: "6.0.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["items"] },
  spec: {
    type: "Spec",
    connection_specification: {
      type: "object",
      additionalProperties: false,
      properties: { key: { type: "string", airbyte_secret: true } },
    },
  },
  streams: ["items", "broken"].map((name) => ({
    type: "DeclarativeStream",
    name,
    primary_key: "id",
    schema_loader: { type: "InlineSchemaLoader", schema: { type: "object" } },
    retriever: {
      type: "SimpleRetriever",
      requester: {
        type: "HttpRequester",
        url: `${url}/${name}`,
        request_headers: { "X-Key": "{{ config['key'] }}" },
      },
      record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
      paginator: {
        type: "DefaultPaginator",
        page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "page" },
        pagination_strategy: { type: "PageIncrement", page_size: 1 },
      },
    },
  })),
});

const api = (): Promise<TestServer> =>
  startServer({
    "/items": ({ query }) => json([{ id: Number(query.get("page") ?? 0), at: "2024-01-05", note: null }]),
    "/broken": status(500),
  });

function run(url: string, config: JsonObject, stream = "items"): Promise<ConnectorRun> {
  const own = { __injected_declarative_manifest: manifest(url), key: "a-secret", ...config };
  return runConnector(undefined, ["read"], { config: own, catalog: configured(stream) });
}
const data = (connector: ConnectorRun): JsonObject => connector.of("RECORD")[0]!.record.data;

test("test_read reads so many pages, and tells requests, answers, schema and formats; secrets are masked", async () => {
  await using server = await api();
  const connector = await run(server.url, { __command: "test_read", __test_read_config: { max_pages_per_slice: 2 } });
  expect(connector.exitCode).toBe(0);
  expect(connector.of("RECORD").map(({ record }) => record.stream)).toEqual(["items"]);
  const [slice] = data(connector)["slices"] as unknown as { pages: { records: unknown[]; request: JsonObject }[] }[];
  expect(slice!.pages.map(({ records, request }) => [records, request["url"]])).toEqual([
    [[{ id: 0, at: "2024-01-05", note: null }], `${server.url}/items`],
    [[{ id: 1, at: "2024-01-05", note: null }], `${server.url}/items?page=1`],
  ]);
  expect(slice!.pages[0]!.request["headers"]).toMatchObject({ "X-Key": "****" });
  expect(server.requests[0]!.headers["x-key"]).toBe("a-secret");
  expect(slice).toMatchObject({ slice_descriptor: "{}", state: [{ type: "STREAM" }], auxiliary_requests: [] });
  expect(data(connector)).toMatchObject({
    test_read_limit_reached: true,
    inferred_schema: { required: ["id"], properties: { id: { type: "number" } } },
    inferred_datetime_formats: { at: "%Y-%m-%d" },
    logs: [],
  });
});

test("a request that fails is sent once, and is among the logs beside its answer", async () => {
  await using server = await api();
  const connector = await run(server.url, { __command: "test_read" }, "broken");
  expect(server.requests).toHaveLength(1);
  expect(data(connector)).toMatchObject({
    logs: [{ level: "ERROR", stacktrace: expect.any(String) as string }],
    slices: [{ pages: [{ records: [], response: { status: 500 } }] }],
  });
});

test("resolve_manifest and full_resolve_manifest give the manifest; the catalog is not looked at", async () => {
  const resolved = await run("http://127.0.0.1:9", { __command: "resolve_manifest", __should_migrate: true }, "none");
  expect(data(resolved)["manifest"]).toMatchObject({ concurrency_level: { default_concurrency: 1 } });
  const full = await run("http://127.0.0.1:9", { __command: "full_resolve_manifest" });
  expect(full.of("RECORD")[0]!.record.stream).toBe("full_resolve_manifest");
  expect(data(full)["manifest"]).toMatchObject({ streams: [{ name: "items", dynamic_stream_name: null }, {}] });
});

test.each<[string, JsonObject, string]>([
  ["a command that there is not", { __command: "test" }, "must be one of test_read"],
  [
    "a limit of nothing",
    { __command: "test_read", __test_read_config: { max_slices: 0 } },
    "__test_read_config.max_slices",
  ],
  ["a config that is not valid", { __command: "test_read", key: 5 }, "Config validation error"],
])("%s is told without a failure of the process", async (_, config, message) => {
  const connector = await run("http://127.0.0.1:9", config);
  expect(connector.exitCode).toBe(0);
  const said = [
    ...connector.of("TRACE").map(({ trace }) => trace.error?.message),
    JSON.stringify(connector.of("RECORD")),
  ];
  expect(said.join()).toContain(message);
});
