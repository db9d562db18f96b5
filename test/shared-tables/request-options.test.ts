import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { component, type Component, type Scope } from "../../packages/cdk/src/component.ts";
import { intervalOptions } from "../../packages/cdk/src/components/cursors/shared/interval-options.ts";
import { requestOption } from "../../packages/cdk/src/components/requesters/request-option.ts";
import { jsonInput, requestInput } from "../../packages/cdk/src/components/requesters/shared/request-input.ts";
import { requestOptions } from "../../packages/cdk/src/components/requesters/shared/request-options.ts";
import { buildForTest } from "../../packages/cdk/src/components/shared/build-for-test.ts";
import type { Context } from "../../packages/cdk/src/interpolation/template.ts";
import { sliceView } from "../../packages/cdk/src/interpolation/views.ts";
import { parseJson } from "../../packages/cdk/src/json/parse.ts";
import { str } from "../../packages/cdk/src/json/python-text.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import type { RequestOption } from "../../packages/cdk/src/roles.ts";

const file = new URL("../../../shared/tables/request_options.json", import.meta.url);

interface Row {
  readonly fn: string;
  readonly component: JsonObject;
  readonly args: JsonObject;
  readonly expected: Json;
}
// The README beside the table tells its shape.
const rows = existsSync(file) ? (parseJson(readFileSync(file, "utf8")) as unknown as { rows: Row[] }).rows : [];

const PARTS = { request_parameter: "params", header: "headers", body_data: "form", body_json: "json" } as const;
const METHODS = {
  get_request_params: ["params", "request_parameters"],
  get_request_headers: ["headers", "request_headers"],
  get_request_body_data: ["form", "request_body_data"],
  get_request_body_json: ["json", "request_body_json"],
} as const;

describe.skipIf(rows.length === 0)("request options, as the reference's own tests call them", () => {
  test.each(rows.map((row, index) => [index, row.fn, row] as const))(
    "%i %s",
    (_, fn, { component, args, expected }) => {
      const [type, method = ""] = fn.split(".");
      if (type === "RequestOption") {
        const target = { params: {}, headers: {}, form: {}, json: {} };
        const option = buildOption(component, args["config"]);
        const part = PARTS[str(component["inject_into"]!) as keyof typeof PARTS];
        target[part] = copyOf(args["target"]!);
        option.inject(target, args["value"]!);
        expect(target[part]).toEqual(expected);
        return;
      }
      const [part, field] = METHODS[method as keyof typeof METHODS];
      if (type === "DatetimeBasedRequestOptionsProvider") {
        const border = (name: string, usual: string): { border: string; option: RequestOption | undefined } => ({
          border: str(get(component, `partition_field_${name}`) ?? usual),
          option: optionOf(get(component, `${name}_time_option`)),
        });
        const { interval } = sliceOf(args);
        const provide = intervalOptions([border("start", "start_time"), border("end", "end_time")]);
        const options = provide({ slice: { partition: {}, interval, extra: {} }, token: undefined });
        expect(options[part] ?? {}).toEqual(expected);
        return;
      }
      const key = get(component, "query_properties_key");
      if (typeof key === "string") {
        const own = { ...copyOf(component[field]!), [key]: { type: "QueryProperties" } };
        const provide = within(component, (scope) => requestOptions({ [field]: own }, undefined, scope));
        const make = (): unknown => provide({ slice: sliceOf(args), token: undefined })[part];
        if (isObject(expected) && get(expected, "$raises") !== undefined) expect(make).toThrow("query properties");
        else expect(make()).toEqual(expected);
        return;
      }
      const source = get(component, field) ?? undefined;
      const evaluate = within(component, (scope) => {
        if (method === "get_request_body_json") return jsonInput(source as JsonObject, scope);
        const types = method === "get_request_headers" ? undefined : (["str", "list"] as const);
        return requestInput(source as JsonObject | string, scope, types);
      });
      expect(evaluate(contextOf(args)) ?? {}).toEqual(expected);
    },
  );
});

function optionOf(given: Json | undefined): RequestOption | undefined {
  return given !== undefined && isObject(given) ? buildOption(given, undefined) : undefined;
}

function buildOption(given: JsonObject, config: Json | undefined): RequestOption {
  const text = (value: Json): Json => (isObject(value) ? value["string"]! : value);
  const name = get(given, "field_name");
  const path = get(given, "field_path");
  const parameters = get(given, "parameters");
  const spec: JsonObject & { type: string } = { type: "RequestOption", inject_into: given["inject_into"]! };
  if (name !== undefined && name !== null) spec["field_name"] = text(name);
  if (Array.isArray(path)) spec["field_path"] = (path as readonly Json[]).map(text);
  if (parameters !== undefined) spec["$parameters"] = parameters;
  const inputs = { components: [requestOption], config: config !== undefined && isObject(config) ? config : {} };
  return buildForTest("requestOption", spec, inputs).component;
}

/** Runs a function with the scope of a component that has this config and these parameters. */
function within<T>(given: JsonObject, run: (scope: Scope) => T): T {
  let result: T | undefined;
  const probe: Component<"piece"> = component({
    kind: "piece",
    type: "Probe",
    schema: (_, z) => z.object({}),
    create: (_, scope) => {
      result = run(scope);
      return {};
    },
  });
  const config = get(given, "config");
  const spec = { type: "Probe", $parameters: get(given, "parameters") ?? {} };
  buildForTest("piece", spec, { components: [probe], config: config !== undefined && isObject(config) ? config : {} });
  return result!;
}

function contextOf(args: JsonObject): Context {
  const { partition, interval, extra } = sliceOf(args);
  const token = get(args, "next_page_token") ?? null;
  return { ...extra, stream_slice: sliceView({ partition, interval, extra }), next_page_token: token };
}

function sliceOf(args: JsonObject): { partition: JsonObject; interval: JsonObject; extra: JsonObject } {
  const given = get(args, "stream_slice") ?? {};
  const slice = isObject(given) ? get(given, "$slice") : undefined;
  if (slice === undefined || !isObject(slice))
    return { partition: isObject(given) ? given : {}, interval: {}, extra: {} };
  return {
    partition: copyOf(slice["partition"]!),
    interval: copyOf(slice["cursor_slice"]!),
    extra: copyOf(slice["extra_fields"]!),
  };
}

const copyOf = (value: Json): JsonObject => (isObject(value) ? Object.fromEntries(entries(value)) : {});
