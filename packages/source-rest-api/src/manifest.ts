import { get, isObject, type Json, type JsonObject } from "ferry-cdk";
import { authenticatorOf } from "./authentication.ts";
import { cursorOf } from "./incremental.ts";
import { paginatorOf } from "./pagination.ts";
import { asBody, asTexts } from "./templates.ts";

export interface Endpoint {
  readonly name: string;
  readonly spec: JsonObject;
}

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
  const isIncremental = get(endpoint, "cursor_field") !== undefined;
  const body = get(endpoint, "body_form") === undefined ? "body_json" : "body_data";
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
      paginator: paginatorOf(get(endpoint, "pagination"), body),
    },
    ...(isIncremental ? { incremental_sync: cursorOf(endpoint, config) } : {}),
  };
}

function requesterOf(endpoint: JsonObject, config: JsonObject): JsonObject {
  const mapping = (from: JsonObject, name: string): JsonObject => {
    const given = get(from, name);
    return isObject(given) ? asTexts(given) : {};
  };
  const body = get(endpoint, "body_json");
  return {
    type: "HttpRequester",
    url_base: "{{ config['url_base'] }}",
    path: get(endpoint, "path") ?? "",
    http_method: get(endpoint, "http_method") ?? "GET",
    authenticator: authenticatorOf(get(config, "authentication")),
    request_headers: { ...mapping(config, "headers"), ...mapping(endpoint, "headers") },
    request_parameters: mapping(endpoint, "params"),
    ...(isObject(body) ? { request_body_json: asBody(body) } : {}),
    ...(get(endpoint, "body_form") === undefined ? {} : { request_body_data: mapping(endpoint, "body_form") }),
  };
}

function extractorOf(endpoint: JsonObject): JsonObject {
  const path = get(endpoint, "records_path");
  return Array.isArray(path)
    ? { type: "DpathExtractor", field_path: path }
    : { type: "CustomRecordExtractor", class_name: "FoundRecords" };
}
