import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import type { RequestOption } from "../../roles.ts";
import { buildForTest } from "../shared/build-for-test.ts";
import { requestOption } from "./request-option.ts";
import { requestPath } from "./request-path.ts";

const components = [requestOption, requestPath];
const build = (spec: JsonObject): RequestOption =>
  buildForTest("requestOption", { type: "RequestOption", ...spec }, { components, config: { name: "n", 7: "seven" } })
    .component;
const empty = (): Record<"params" | "headers" | "form" | "json", JsonObject> => ({
  params: {},
  headers: {},
  form: {},
  json: {},
});

test.each<[JsonObject, JsonObject]>([
  [{ inject_into: "request_parameter", field_name: "a" }, { params: { a: 1 } }],
  [{ inject_into: "header", field_name: "{{ config.name }}" }, { headers: { n: 1 } }],
  [{ inject_into: "body_data", field_name: "{{ parameters.p }}", $parameters: { p: "x" } }, { form: { x: 1 } }],
  [{ inject_into: "body_json", field_name: "a.b" }, { json: { "a.b": 1 } }],
  [{ inject_into: "body_json", field_path: ["a", "{{ config.name }}", "{{ 5 }}"] }, { json: { a: { n: { 5: 1 } } } }],
])("%j puts the value at %j", (spec, result) => {
  const target = empty();
  build(spec).inject(target, 1);
  expect(target).toEqual({ ...empty(), ...result });
});

test("paths of several options meet in one object", () => {
  const target = empty();
  build({ inject_into: "body_json", field_path: ["a", "b"] }).inject(target, 1);
  build({ inject_into: "body_json", field_path: ["a", "c"] }).inject(target, 2);
  expect(target.json).toEqual({ a: { b: 1, c: 2 } });
  const deeper = build({ inject_into: "body_json", field_path: ["a", "b", "d"] });
  expect(() => deeper.inject(target, 3)).toThrow("plain value");
});

test.each<[JsonObject, string]>([
  [{ inject_into: "header" }, "either"],
  [{ inject_into: "header", field_name: "a", field_path: ["b"] }, "either"],
  [{ inject_into: "header", field_path: ["b"] }, "body_json"],
  [{ inject_into: "path", field_name: "a" }, "Invalid option"],
  [{ field_name: "a" }, "inject_into"],
])("%j is refused", (spec, message) => {
  expect(() => build(spec)).toThrow(message);
});

test("a RequestPath adds nothing itself", () => {
  const option = buildForTest("requestOption", { type: "RequestPath" }, { components }).component;
  const target = empty();
  option.inject(target, "x");
  expect([option.into, target]).toEqual(["path", empty()]);
});
