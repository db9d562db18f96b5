import { get, isObject, type Json, type JsonObject } from "ferry-cdk";
import { quoted } from "./templates.ts";

/** The paginator of an endpoint's `pagination`; `body` is the kind of its requests' bodies. */
export function paginatorOf(pagination: Json | undefined, body: "body_json" | "body_data"): JsonObject {
  const spec = isObject(pagination) ? pagination : {};
  const into = get(spec, "in") === "body" ? body : "request_parameter";
  const option = (param: string, otherwise: string): JsonObject => ({
    type: "RequestOption",
    inject_into: into,
    field_name: get(spec, param) ?? otherwise,
  });
  const size = get(spec, "page_size");
  const sized = size === undefined ? {} : { page_size: size };
  const paginator = (strategy: JsonObject, token: JsonObject, sizeParam: string): JsonObject => ({
    type: "DefaultPaginator",
    pagination_strategy: { ...strategy, ...sized },
    page_token_option: token,
    ...(size === undefined ? {} : { page_size_option: option("size_param", sizeParam) }),
  });
  switch (get(spec, "type")) {
    case "page":
      return paginator(
        { type: "PageIncrement", start_from_page: get(spec, "start") ?? 1, inject_on_first_request: true },
        option("page_param", "page"),
        "per_page",
      );
    case "offset":
      return paginator(
        { type: "OffsetIncrement", inject_on_first_request: true },
        option("offset_param", "offset"),
        "limit",
      );
    case "cursor":
      return paginator(cursorStrategy(spec), option("cursor_param", "cursor"), "limit");
    case "next_url":
      return paginator(
        { type: "CursorPagination", cursor_value: `{{ ${inResponse(get(spec, "url_path"))} }}` },
        { type: "RequestPath" },
        "limit",
      );
    case "link_header":
      return paginator(
        { type: "CursorPagination", cursor_value: "{{ headers['link'].get('next', {}).get('url', '') }}" },
        { type: "RequestPath" },
        "per_page",
      );
    default:
      return { type: "NoPagination" };
  }
}

function cursorStrategy(spec: JsonObject): JsonObject {
  const field = get(spec, "record_field");
  const more = get(spec, "has_more_path");
  const place = typeof field === "string" ? `last_record[${quoted(field)}]` : inResponse(get(spec, "cursor_path"));
  return {
    type: "CursorPagination",
    cursor_value: `{{ ${place} }}`,
    ...(more === undefined ? {} : { stop_condition: `{{ not ${inResponse(more)} }}` }),
  };
}

/** A place in the answer; where a part of it is missing, the template comes to nothing. */
function inResponse(path: Json | undefined): string {
  const keys = Array.isArray(path) ? (path as readonly Json[]).map(String) : [];
  return `response${keys.map((key) => `[${quoted(key)}]`).join("")}`;
}
