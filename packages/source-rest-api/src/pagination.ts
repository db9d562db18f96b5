import { get, isObject, type Json, type JsonObject } from "ferry-cdk";

/** The paginator of an endpoint's `pagination`. */
export function paginatorOf(pagination: Json | undefined): JsonObject {
  const spec = pagination !== undefined && isObject(pagination) ? pagination : {};
  const text = (name: string, otherwise: string): string => {
    const value = get(spec, name);
    return typeof value === "string" ? value : otherwise;
  };
  const size = get(spec, "page_size");
  const sized = size === undefined ? {} : { page_size: size };
  switch (get(spec, "type")) {
    case "page":
      return paginator(
        { type: "PageIncrement", start_from_page: get(spec, "start") ?? 1, inject_on_first_request: true, ...sized },
        parameter(text("page_param", "page")),
        size === undefined ? undefined : text("size_param", "per_page"),
      );
    case "offset":
      return paginator(
        { type: "OffsetIncrement", inject_on_first_request: true, ...sized },
        parameter(text("offset_param", "offset")),
        size === undefined ? undefined : text("size_param", "limit"),
      );
    case "cursor":
      return paginator(
        { type: "CursorPagination", cursor_value: `{{ ${lookUp(get(spec, "cursor_path"))} }}`, ...sized },
        parameter(text("cursor_param", "cursor")),
        size === undefined ? undefined : text("size_param", "limit"),
      );
    case "link_header":
      return paginator(
        { type: "CursorPagination", cursor_value: "{{ headers['link'].get('next', {}).get('url', '') }}", ...sized },
        { type: "RequestPath" },
        size === undefined ? undefined : text("size_param", "per_page"),
      );
    default:
      return { type: "NoPagination" };
  }
}

const parameter = (name: string): JsonObject => ({
  type: "RequestOption",
  inject_into: "request_parameter",
  field_name: name,
});

function paginator(strategy: JsonObject, token: JsonObject, sizeParam: string | undefined): JsonObject {
  return {
    type: "DefaultPaginator",
    pagination_strategy: strategy,
    page_token_option: token,
    ...(sizeParam === undefined ? {} : { page_size_option: parameter(sizeParam) }),
  };
}

/** `response` looked up along a path, nothing where a part is missing. */
function lookUp(path: Json | undefined): string {
  const names = Array.isArray(path) ? (path as readonly Json[]).map(String) : ["next"];
  const quoted = names.map((name) => `'${name.replace(/['\\]/g, "\\$&")}'`);
  return quoted.reduce(
    (place, name, index) => `${place}.get(${name}, ${index < quoted.length - 1 ? "{}" : "''"})`,
    "response",
  );
}
