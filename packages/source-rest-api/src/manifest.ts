import { get, isObject, type Json, type JsonObject } from "ferry-cdk";
import { authenticatorOf } from "./authentication.ts";
import { paginatorOf } from "./pagination.ts";

export interface Endpoint {
  readonly name: string;
  readonly spec: JsonObject;
}

/** Formats that cursor values are read in; states are written in the first. */
const formats = [
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%dT%H:%M:%S.%fZ",
  "%Y-%m-%dT%H:%M:%S%z",
  "%Y-%m-%dT%H:%M:%S.%f%z",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%d",
];

/** The endpoints of a config that was validated. */
export function endpointsOf(config: JsonObject): Endpoint[] {
  const list = get(config, "endpoints");
  return (Array.isArray(list) ? (list as readonly Json[]) : [])
    .filter(isObject)
    .map((spec) => ({ name: String(spec["name"]), spec }));
}

/** The manifest that says what a config says. Secrets stay in the config: the manifest refers to them. */
export function manifestOf(config: JsonObject, schemas?: ReadonlyMap<string, JsonObject>): JsonObject {
  const endpoints = endpointsOf(config);
  return {
    version: "6.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: endpoints.map(({ name }) => name) },
    streams: endpoints.map(({ name, spec }) => streamOf(name, spec, config, schemas?.get(name))),
    spec: { type: "Spec", connection_specification: {} },
  };
}

function streamOf(name: string, endpoint: JsonObject, config: JsonObject, schema: JsonObject | undefined): JsonObject {
  const key = get(endpoint, "primary_key");
  const cursorField = get(endpoint, "cursor_field");
  return {
    type: "DeclarativeStream",
    name,
    ...(key === undefined ? {} : { primary_key: key }),
    schema_loader: {
      type: "InlineSchemaLoader",
      schema: schema ?? { type: "object", additionalProperties: true, properties: {} },
    },
    retriever: {
      type: "SimpleRetriever",
      requester: requesterOf(endpoint, config),
      record_selector: { type: "RecordSelector", extractor: extractorOf(endpoint) },
      paginator: paginatorOf(get(endpoint, "pagination")),
    },
    ...(typeof cursorField === "string" ? { incremental_sync: cursorOf(cursorField, endpoint) } : {}),
  };
}

function requesterOf(endpoint: JsonObject, config: JsonObject): JsonObject {
  const body = get(endpoint, "body_json");
  const form = get(endpoint, "body_form");
  const params = get(endpoint, "params");
  const shared = get(config, "headers");
  const headers = get(endpoint, "headers");
  return {
    type: "HttpRequester",
    url_base: "{{ config['url_base'] }}",
    path: get(endpoint, "path") ?? "",
    http_method: get(endpoint, "http_method") ?? "GET",
    authenticator: authenticatorOf(get(config, "authentication")),
    request_headers: { ...(isObject(shared) ? shared : {}), ...(isObject(headers) ? headers : {}) },
    ...(isObject(params) ? { request_parameters: params } : {}),
    ...(isObject(body) ? { request_body_json: body } : {}),
    ...(isObject(form) ? { request_body_data: form } : {}),
  };
}

function extractorOf(endpoint: JsonObject): JsonObject {
  const path = get(endpoint, "records_path");
  return Array.isArray(path)
    ? { type: "DpathExtractor", field_path: path }
    : { type: "CustomRecordExtractor", class_name: "FoundRecords" };
}

/** With `cursor_param` the API filters by it; without, records that were read before are dropped here. */
function cursorOf(field: string, endpoint: JsonObject): JsonObject {
  const given = get(endpoint, "cursor_format");
  const [first] = formats;
  const format = typeof given === "string" ? given : first!;
  const param = get(endpoint, "cursor_param");
  return {
    type: "DatetimeBasedCursor",
    cursor_field: field,
    datetime_format: format,
    cursor_datetime_formats: [format, ...formats.filter((each) => each !== format)],
    start_datetime: {
      type: "MinMaxDatetime",
      datetime: "{{ config.get('start_date', '1970-01-01T00:00:00Z') }}",
      datetime_format: "%Y-%m-%dT%H:%M:%SZ",
    },
    ...(typeof param === "string"
      ? { start_time_option: { type: "RequestOption", inject_into: "request_parameter", field_name: param } }
      : { is_client_side_incremental: true }),
  };
}
