import { expect, test } from "vitest";
import type { JsonObject } from "../../../json/value.ts";
import { json } from "../../../testing/replies.ts";
import { configured, runConnector } from "../../../testing/run-connector.ts";
import { startServer } from "../../../testing/server.ts";

const at = (url: string, path: string, more: JsonObject = {}): JsonObject => ({
  type: "SimpleRetriever",
  requester: { type: "HttpRequester", url_base: url, path, http_method: "GET" },
  record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: ["data"] } },
  ...more,
});
const stream = (name: string, retriever: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "DeclarativeStream",
  name,
  retriever,
  schema_loader: { type: "InlineSchemaLoader", schema: { type: "object" } },
  ...more,
});
const parents = (url: string): JsonObject => ({
  type: "SubstreamPartitionRouter",
  parent_stream_configs: [
    {
      type: "ParentStreamConfig",
      stream: stream("parents", at(url, "/parents")),
      parent_key: "id",
      partition_field: "parent",
      lazy_read_pointer: ["nested", "items"],
    },
  ],
});
const paginator: JsonObject = {
  type: "DefaultPaginator",
  page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "after" },
  pagination_strategy: {
    type: "CursorPagination",
    cursor_value: "{{ last_record['id'] }}",
    stop_condition: "{{ not response.get('more') }}",
  },
};
const sync: JsonObject = {
  type: "DatetimeBasedCursor",
  cursor_field: "at",
  datetime_format: "%Y-%m-%d",
  start_datetime: "2024-01-01",
  end_datetime: "2024-02-01",
};
const manifestOf = (retriever: JsonObject, more: JsonObject = {}): JsonObject => ({
  version: "6.0.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["items"] },
  spec: { type: "Spec", connection_specification: { type: "object", properties: {} } },
  streams: [stream("items", retriever, more)],
});

const server = (): ReturnType<typeof startServer> =>
  startServer({
    "/parents": json(`{"data": [
      {"id": 1, "nested": {"items": {"data": [{"id": 10, "at": "2024-01-05", "n": 1.0}], "more": true}}},
      {"id": 2, "nested": {"items": {"data": [{"id": 20, "at": "2024-01-07"}]}}},
      {"id": 3, "nested": {}}
    ]}`),
    "/items/1": ({ query }) =>
      query.get("after") === "10"
        ? json({ data: [{ id: 11, at: "2024-01-06" }], more: true })
        : json({ data: [{ id: query.get("after") === null ? 10 : 12, at: "2024-01-04" }] }),
    "/items/2": json({ data: [{ id: 20, at: "2024-01-07" }] }),
    "/items/3": json({ data: [{ id: 30, at: "2024-01-07" }] }),
  });
const retriever = (url: string): JsonObject =>
  at(url, "/items/{{ stream_partition.parent }}", { paginator, partition_router: parents(url) });

test("the first page comes from the parent's record, and only those behind it are asked for", async () => {
  await using api = await server();
  const run = await runConnector(undefined, ["read"], {
    config: {},
    catalog: configured("items"),
    manifest: manifestOf(retriever(api.url), { incremental_sync: sync }),
  });
  expect(run.exitCode).toBe(0);
  expect(
    run
      .records("items")
      .map(({ id }) => Number(id))
      .sort(),
  ).toEqual([10, 11, 12, 20]);
  expect(run.lines.find((line) => line.includes('"id":10'))).toContain('"n":1.0');
  expect(api.requests.map(({ target }) => target)).toEqual(["/parents", "/items/1?after=10", "/items/1?after=11"]);
  expect(run.of("STATE").at(-1)!.state.stream!.stream_state!["states"]).toEqual([
    { partition: { parent: 1, parent_slice: {} }, cursor: { at: "2024-01-06" } },
    { partition: { parent: 2, parent_slice: {} }, cursor: { at: "2024-01-07" } },
    { partition: { parent: 3, parent_slice: {} }, cursor: { at: "2024-01-01" } },
  ]);
});

test("with a state all pages are asked for: a parent's record holds the first page of all, not of what is new", async () => {
  await using api = await server();
  const run = await runConnector(undefined, ["read"], {
    config: {},
    catalog: configured(["items", "incremental"]),
    state: { items: { at: "2024-01-03" } },
    manifest: manifestOf(retriever(api.url), { incremental_sync: sync }),
  });
  expect(run.records("items").map(({ id }) => id)).toEqual(expect.arrayContaining([10, 20, 30]));
  expect(api.requestsTo("/items/1").map(({ target }) => target)).toEqual(["/items/1"]);
});

const filter = (action: string): JsonObject => ({
  error_handler: {
    type: "CompositeErrorHandler",
    error_handlers: [
      { type: "DefaultErrorHandler", response_filters: [{ type: "HttpResponseFilter", http_codes: [413], action }] },
    ],
  },
});
const requester = (more: JsonObject): JsonObject => ({
  requester: { type: "HttpRequester", url_base: "http://127.0.0.1:9", http_method: "GET", ...more },
});
const sized = (strategy: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "DefaultPaginator",
  page_size_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "size" },
  pagination_strategy: strategy,
  ...more,
});
const offset: JsonObject = { type: "OffsetIncrement", page_size: 100 };
const splitting: JsonObject = { type: "RequestWindowSplitting" };
const reduction: JsonObject = { type: "PageSizeReduction" };
const steps: JsonObject = { step: "P1D", cursor_granularity: "P1D" };

test.each<[string, JsonObject, JsonObject, string]>([
  ["lazy, in steps", retriever("http://127.0.0.1:9"), { ...sync, ...steps }, "one slice for each parent record"],
  [
    "lazy, no JSON",
    { ...retriever("http://127.0.0.1:9"), decoder: { type: "JsonlDecoder" } },
    sync,
    "a JsonDecoder only, not with JsonlDecoder",
  ],
  [
    "lazy, with smaller pages",
    { ...retriever("http://127.0.0.1:9"), page_size_reduction: reduction },
    sync,
    "lazy_read",
  ],
  ["an action without its part", requester(filter("REDUCE_PAGE_SIZE")), sync, "retriever has no page_size_reduction"],
  ["an action without its part", requester(filter("SPLIT_REQUEST_WINDOW")), sync, "no request_window_splitting"],
  ["smaller pages without a paginator", { page_size_reduction: reduction }, sync, "needs a DefaultPaginator"],
  [
    "smaller pages that shift",
    { page_size_reduction: reduction, paginator: sized({ type: "PageIncrement", page_size: 100 }) },
    sync,
    "does not work with PageIncrement",
  ],
  [
    "smaller pages, but the smallest",
    { page_size_reduction: { ...reduction, minimum_page_size: 100 }, paginator: sized(offset) },
    sync,
    "cannot make pages of 100 records smaller",
  ],
  [
    "smaller pages behind a URL",
    { page_size_reduction: reduction, paginator: sized(offset, { page_token_option: { type: "RequestPath" } }) },
    sync,
    "does not work with a RequestPath",
  ],
  ["smaller windows without a unit", { request_window_splitting: splitting }, sync, "with a cursor_granularity"],
  [
    "smaller windows that no request carries",
    { request_window_splitting: splitting },
    { ...sync, ...steps, is_client_side_incremental: true },
    "no request carries the window",
  ],
  [
    "smaller windows than the format tells",
    { request_window_splitting: splitting },
    { ...sync, step: "P1D", cursor_granularity: "PT1S" },
    "cursor_granularity PT1S is finer than the datetime_format %Y-%m-%d",
  ],
  [
    "windows of a month at least",
    { request_window_splitting: { ...splitting, min_split_window: "P1M" } },
    { ...sync, ...steps },
    "min_split_window is P1M",
  ],
  [
    "a limit of records that a filter left",
    {
      record_selector: {
        type: "RecordSelector",
        extractor: { type: "DpathExtractor", field_path: [] },
        record_filter: { type: "RecordFilter", condition: "{{ true }}" },
      },
      pagination_reset: {
        type: "PaginationReset",
        action: "RESET",
        limits: { type: "PaginationResetLimits", number_of_records: 2 },
      },
    },
    sync,
    "does not work with a record_filter",
  ],
])("refused before anything is read: %s", async (_, changes, incremental, message) => {
  const run = await runConnector(undefined, ["read"], {
    config: {},
    catalog: configured("items"),
    manifest: manifestOf({ ...at("http://127.0.0.1:9", "/"), ...changes }, { incremental_sync: incremental }),
  });
  expect(run.exitCode).toBe(1);
  const errors = run.of("TRACE").flatMap(({ trace: { error } }) => (error === undefined ? [] : [error]));
  expect(errors).toEqual([expect.objectContaining({ failure_type: "system_error" })]);
  expect(errors[0]!.message).toContain(message);
});
