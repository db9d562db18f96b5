import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

const option = (inject_into: string, place: string | readonly string[]): JsonObject => ({
  type: "RequestOption",
  inject_into,
  ...(typeof place === "string" ? { field_name: place } : { field_path: [...place] }),
});

function build(size: JsonObject, token: JsonObject): unknown {
  return buildForTest(
    "paginator",
    {
      type: "DefaultPaginator",
      pagination_strategy: { type: "OffsetIncrement", page_size: 10 },
      page_size_option: size,
      page_token_option: token,
    },
    { components },
  );
}

test.each<[JsonObject, JsonObject]>([
  [option("request_parameter", "offset"), option("request_parameter", "offset")],
  [option("header", "X-Page"), option("header", "X-Page")],
  [option("body_data", "page"), option("body_data", "page")],
  [option("body_json", "page"), option("body_json", "page")],
  [option("body_json", ["page", "at"]), option("body_json", ["page", "at"])],
])("page size and token may not go to the same place: %j", (size, token) => {
  expect(() => build(size, token)).toThrow("page_size_option and page_token_option go to the same place");
});

test.each<[JsonObject, JsonObject]>([
  [option("request_parameter", "limit"), option("request_parameter", "offset")],
  [option("header", "page"), option("request_parameter", "page")],
  [option("body_json", ["page", "size"]), option("body_json", ["page", "at"])],
  [option("request_parameter", "limit"), { type: "RequestPath" }],
])("page size and token may go to different places: %j, %j", (size, token) => {
  expect(() => build(size, token)).not.toThrow();
});
