// What is read. Each manifest is a connector of one stream.
export const manifest = (retriever, more = {}) => ({
  version: "6.60.0",
  type: "DeclarativeSource",
  check: { type: "CheckStream", stream_names: ["records"] },
  streams: [
    {
      type: "DeclarativeStream",
      name: "records",
      primary_key: ["id"],
      retriever: { type: "SimpleRetriever", ...retriever },
      schema_loader: {
        type: "InlineSchemaLoader",
        schema: { type: "object", properties: { id: { type: "integer" } } },
      },
      ...more,
    },
  ],
  spec: { type: "Spec", connection_specification: { type: "object", additionalProperties: true, properties: {} } },
});
export const requester = (path, request_parameters = {}) => ({
  type: "HttpRequester",
  url_base: "{{ config['base_url'] }}",
  path,
  http_method: "GET",
  request_parameters,
});
export const selector = (field_path, more = {}) => ({
  type: "RecordSelector",
  extractor: { type: "DpathExtractor", field_path },
  ...more,
});
export const paginator = {
  type: "DefaultPaginator",
  page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "page" },
  pagination_strategy: { type: "PageIncrement", start_from_page: 1, inject_on_first_request: true },
};
const pages = { pages: "{{ config['pages'] }}" };
const instants = "%Y-%m-%dT%H:%M:%SZ";
const moment = (datetime) => ({ type: "MinMaxDatetime", datetime, datetime_format: instants });
const parameter = (field_name) => ({ type: "RequestOption", inject_into: "request_parameter", field_name });

export const SCENARIOS = [
  {
    name: "one",
    title: "one page of 1,000 records",
    config: { pages: 1 },
    records: 1000,
    manifest: manifest({ requester: requester("/flat", { ...pages, page: "1" }), record_selector: selector(["data"]) }),
  },
  {
    name: "pages",
    title: "200,000 records of 250 bytes in 200 pages",
    config: { pages: 200 },
    records: 200_000,
    manifest: manifest({ requester: requester("/flat", pages), record_selector: selector(["data"]), paginator }),
  },
  {
    name: "transforms",
    title: "10,000 records of 1.2 KB: a filter, two fields added, three removed, keys in snake case",
    config: { pages: 10 },
    records: 7500,
    manifest: manifest(
      {
        requester: requester("/nested", pages),
        record_selector: selector(["data"], {
          record_filter: { type: "RecordFilter", condition: "{{ record['status'] != 'deleted' }}" },
        }),
        paginator,
      },
      {
        transformations: [
          {
            type: "AddFields",
            fields: [
              { path: ["ownerName"], value: "{{ record['owner']['firstName'] ~ ' ' ~ record['owner']['lastName'] }}" },
              { path: ["metaData", "total"], value: "{{ record['amountCents'] / 100 }}" },
            ],
          },
          { type: "RemoveFields", field_pointers: [["internalNotes"], ["metaData", "flags"], ["lineItems"]] },
          { type: "KeysToSnakeCase" },
        ],
      },
    ),
  },
  {
    name: "days",
    title: "a year by days: 365 requests of 100 records, a state after each",
    config: {},
    records: 36_500,
    incremental: true,
    manifest: manifest(
      { requester: requester("/day"), record_selector: selector(["data"]) },
      {
        incremental_sync: {
          type: "DatetimeBasedCursor",
          cursor_field: "updated_at",
          datetime_format: instants,
          cursor_granularity: "PT1S",
          step: "P1D",
          start_datetime: moment("2024-01-01T00:00:00Z"),
          end_datetime: moment("2024-12-30T23:59:59Z"),
          start_time_option: parameter("from"),
          end_time_option: parameter("to"),
        },
      },
    ),
  },
  {
    name: "csv",
    title: "100,000 rows of CSV in one answer",
    config: { rows: 100_000 },
    records: 100_000,
    manifest: manifest({
      requester: requester("/csv", { rows: "{{ config['rows'] }}" }),
      decoder: { type: "CsvDecoder" },
      record_selector: selector([]),
    }),
  },
];
