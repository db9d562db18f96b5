import { keys, type Json, type JsonObject } from "../../json/value.ts";
import type { ApiDraft, CursorDraft, Pagination, Partition, Place, StreamDraft } from "./draft.ts";

/** The manifest that a draft comes to. Streams lie in `definitions`, so that others can name them as parents. */
export function manifestOf(draft: ApiDraft): JsonObject {
  const check = draft.streams.find(({ path }) => !path.includes("{{")) ?? draft.streams[0];
  return {
    version: "6.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: check === undefined ? [] : [check.name] },
    definitions: {
      requester: {
        type: "HttpRequester",
        http_method: "GET",
        ...(draft.authenticator === undefined ? {} : { authenticator: draft.authenticator }),
        ...(keys(draft.headers).length === 0 ? {} : { request_headers: draft.headers }),
      },
      streams: Object.fromEntries(draft.streams.map((stream) => [stream.name, streamOf(stream, draft)])),
    },
    streams: draft.streams.map(({ name }) => ({ $ref: `#/definitions/streams/${name}` })),
    spec: {
      type: "Spec",
      ...(draft.documentationUrl === undefined ? {} : { documentation_url: draft.documentationUrl }),
      connection_specification: specificationOf(draft),
    },
  };
}

/** The schema of the config. */
export function specificationOf({ title, fields }: Pick<ApiDraft, "title" | "fields">): JsonObject {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: `${title} Spec`,
    type: "object",
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: true,
    properties: Object.fromEntries(fields.map(({ name, schema }, order) => [name, { ...schema, order }])),
  };
}

function streamOf(stream: StreamDraft, draft: ApiDraft): JsonObject {
  const { name, path, method, query, body, primaryKey, pagination, cursor, partitions } = stream;
  return {
    type: "DeclarativeStream",
    name,
    ...(primaryKey.length > 0 ? { primary_key: primaryKey } : {}),
    retriever: {
      type: "SimpleRetriever",
      requester: {
        $ref: "#/definitions/requester",
        url: `${draft.urlBase}${path}`,
        ...(method === "GET" ? {} : { http_method: method }),
        ...(keys(query).length === 0 ? {} : { request_parameters: query }),
        ...(body === undefined
          ? {}
          : { [body.kind === "json" ? "request_body_json" : "request_body_data"]: body.value }),
      },
      record_selector: {
        type: "RecordSelector",
        extractor: { type: "DpathExtractor", field_path: stream.recordsPath },
      },
      ...(pagination === undefined ? {} : { paginator: paginatorOf(pagination) }),
      ...(partitions.length === 0 ? {} : { partition_router: routersOf(partitions) }),
    },
    ...(cursor === undefined ? {} : { incremental_sync: cursorOf(cursor) }),
    schema_loader: { type: "InlineSchemaLoader", schema: stream.schema },
  };
}

function paginatorOf(pagination: Pagination): JsonObject {
  const { size } = pagination;
  const sized = size === undefined ? {} : { page_size: size.value };
  const token: JsonObject =
    "param" in pagination ? parameter(pagination.param, pagination.into) : { type: "RequestPath" };
  return {
    type: "DefaultPaginator",
    pagination_strategy: { ...strategyOf(pagination), ...sized },
    page_token_option: token,
    ...(size?.param === undefined ? {} : { page_size_option: parameter(size.param, pagination.into) }),
  };
}

function strategyOf(pagination: Pagination): JsonObject {
  switch (pagination.type) {
    case "page":
      return { type: "PageIncrement", start_from_page: pagination.start, inject_on_first_request: true };
    case "offset":
      return { type: "OffsetIncrement", inject_on_first_request: true };
    case "cursor":
    case "next_url":
      return { type: "CursorPagination", cursor_value: `{{ ${inResponse(pagination.path)} }}` };
    case "last_record":
      return {
        type: "CursorPagination",
        cursor_value: `{{ last_record[${quoted(pagination.field)}] }}`,
        stop_condition: `{{ not ${inResponse(pagination.more)} }}`,
      };
    case "link_header":
      return { type: "CursorPagination", cursor_value: "{{ headers['link'].get('next', {}).get('url', '') }}" };
  }
}

const parameter = (name: string, into: Place = "request_parameter"): JsonObject => ({
  type: "RequestOption",
  inject_into: into,
  field_name: name,
});

/** A place in the answer; where a part of it is missing, the template comes to nothing. */
const inResponse = (path: readonly string[]): string => `response${path.map((key) => `[${quoted(key)}]`).join("")}`;

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function routersOf(partitions: readonly Partition[]): Json {
  const routers = partitions.map((each) =>
    each.type === "list"
      ? { type: "ListPartitionRouter", values: each.values, cursor_field: each.field }
      : {
          type: "SubstreamPartitionRouter",
          parent_stream_configs: [
            {
              type: "ParentStreamConfig",
              parent_key: each.key,
              partition_field: each.field,
              stream: { $ref: `#/definitions/streams/${each.stream}` },
            },
          ],
        },
  );
  return routers.length === 1 ? routers[0]! : routers;
}

function cursorOf({ field, param, format, readFormats }: CursorDraft): JsonObject {
  return {
    type: "DatetimeBasedCursor",
    cursor_field: field,
    datetime_format: format,
    cursor_datetime_formats: [format, ...readFormats.filter((each) => each !== format)],
    start_datetime: {
      type: "MinMaxDatetime",
      datetime: "{{ config['start_date'] }}",
      datetime_format: "%Y-%m-%dT%H:%M:%SZ",
    },
    ...(param === undefined ? { is_client_side_incremental: true } : { start_time_option: parameter(param) }),
  };
}
