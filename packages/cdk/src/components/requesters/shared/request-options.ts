import { configError, systemError } from "../../../errors.ts";
import type { Scope } from "../../../component.ts";
import { truthy } from "../../../json/truthy.ts";
import { copy, entries, get, isObject, remove, set, type Json, type JsonObject } from "../../../json/value.ts";
import type { RequestContext, RequestOptions, RequestOptionsProvider } from "../../../roles.ts";
import { combine, combineJson } from "./combine.ts";
import { jsonInput, notMapping, requestInput, seen } from "./request-input.ts";

export interface OptionsSpec {
  readonly request_parameters?: JsonObject | string | undefined;
  readonly request_headers?: JsonObject | string | undefined;
  readonly request_body_data?: JsonObject | string | undefined;
  readonly request_body_json?: JsonObject | string | undefined;
}

/** What the manifest itself adds to a request. `body`, where there is one, stands in place of the two older fields. */
export function requestOptions(
  spec: OptionsSpec,
  body: RequestOptionsProvider | undefined,
  scope: Scope,
): RequestOptionsProvider {
  if (truthy(spec.request_body_data ?? null) && truthy(spec.request_body_json ?? null)) {
    throw configError(
      `Stream ${scope.stream.name}: the requester has both request_body_data and request_body_json. Keep one.`,
      { stream: scope.stream.name },
    );
  }
  const { parameters, key } = withoutQueryProperties(spec.request_parameters);
  const params = requestInput(parameters, scope, ["str", "list"]);
  const headers = requestInput(spec.request_headers, scope);
  const form = requestInput(spec.request_body_data, scope, ["str", "list"]);
  const json = jsonInput(spec.request_body_json, scope);
  return (context) => {
    const visible = seen(context);
    const given = params(visible);
    // As in the reference, a whole template that comes to a text adds no parameters.
    const own = isObject(given) ? given : {};
    return {
      params: key === undefined ? own : withQueryProperties(own, key, context),
      headers: mapping("request_headers", headers(visible)),
      form: form(visible),
      json: json(visible),
      ...body?.(context),
    };
  };
}

/** All components' additions in one. */
export function combineOptions(additions: readonly RequestOptions[]): RequestOptions {
  const params = mapping(
    "request_parameters",
    combine(
      "request_parameters",
      additions.map((each) => each.params),
    ),
  );
  for (const [name, value] of entries(params)) {
    if (isObject(value))
      throw systemError(`The request parameter "${name}" comes to an object; it can be a text, a number or a list.`);
  }
  return {
    params,
    headers: mapping(
      "request_headers",
      combine(
        "request_headers",
        additions.map((each) => each.headers),
      ),
    ),
    form: combine(
      "request_body_data",
      additions.map((each) => each.form),
    ),
    json: mapping(
      "request_body_json",
      combineJson(
        "request_body_json",
        additions.map((each) => each.json),
      ),
    ),
  };
}

function mapping(part: string, value: JsonObject | string | undefined): JsonObject {
  if (typeof value === "string") throw notMapping(part, value);
  return value ?? {};
}

/** A parameter may be a QueryProperties: the retriever reads it, and its names come with the slice. */
function withoutQueryProperties(parameters: JsonObject | string | undefined): {
  parameters: JsonObject | string | undefined;
  key?: string;
} {
  if (!isObject(parameters)) return { parameters };
  const found = entries(parameters).find(([, value]) => isObject(value) && get(value, "type") === "QueryProperties");
  if (found === undefined) return { parameters };
  const rest = copy(parameters);
  remove(rest, found[0]);
  return { parameters: rest, key: found[0] };
}

function withQueryProperties(params: JsonObject, key: string, { slice }: RequestContext): JsonObject {
  const names: Json | undefined = get(slice.extra, "query_properties");
  if (!Array.isArray(names))
    throw systemError(`The request parameter "${key}" is a list of query properties, but the slice brings none.`);
  const result = copy(params);
  set(result, key, names.map(String).join(","));
  return result;
}
