import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import { configured, json, runConnector, startServer } from "../../testing/index.ts";

const stream = (url: string, name: string): JsonObject => ({
  type: "DeclarativeStream",
  name,
  schema_loader: { type: "InlineSchemaLoader", schema: {} },
  retriever: {
    type: "SimpleRetriever",
    requester: {
      type: "HttpRequester",
      url: `${url}/${name}`,
      http_method: "GET",
      authenticator: {
        type: "RateLimitedMultipleTokenAuthenticator",
        tokens: "{{ config['tokens'] }}",
        auth_method: "token",
        quota_status_source: { type: "QuotaStatusSource", url: `${url}/limits` },
        budget_min_reserve: 0,
        budget_reserve_fraction: 0,
        quotas: [
          {
            type: "TokenQuota",
            name: "core",
            remaining_path: ["core", "left"],
            reset_path: ["core", "reset"],
            remaining_header: "X-Left",
            exhaustion_status_codes: [429],
          },
        ],
      },
    },
    record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: ["data"] } },
    paginator: {
      type: "DefaultPaginator",
      pagination_strategy: { type: "PageIncrement", page_size: 1 },
      page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "page" },
    },
  },
});

test("streams share the tokens' counts: each is used up, then the next, and a refused one is followed by another", async () => {
  const left: Record<string, number> = { a: 2, b: 1, c: 100 };
  const used: string[] = [];
  await using server = await startServer(({ path, query, headers }) => {
    const token = headers["authorization"]!.replace("token ", "");
    if (path === "/limits") return json({ core: { left: left[token], reset: "2100-01-01T00:00:00Z" } });
    used.push(token);
    // The second call of `a` is refused, whatever its count says.
    if (used.filter((each) => each === "a").length === 2 && token === "a") return json({}, { status: 429 });
    const page = Number(query.get("page") ?? 0);
    return json({ data: page < 3 ? [{ id: `${path}${page}` }] : [] });
  });
  const manifest: JsonObject = {
    version: "7.0.0",
    type: "DeclarativeSource",
    spec: {
      type: "Spec",
      connection_specification: { type: "object", properties: { tokens: { type: "string", airbyte_secret: true } } },
    },
    check: { type: "CheckStream", stream_names: ["one"] },
    streams: [stream(server.url, "one"), stream(server.url, "two")],
  };
  const config = { tokens: "a, b,c" };
  const run = await runConnector(undefined, ["read"], { manifest, config, catalog: configured("one", "two") });
  expect(run.exitCode).toBe(0);
  expect(run.records("one")).toHaveLength(3);
  expect(run.records("two")).toHaveLength(3);
  expect(server.requestsTo("/limits")).toHaveLength(3);
  const counts = ["a", "b", "c"].map((token) => used.filter((each) => each === token).length);
  expect(counts).toEqual([2, 1, 6]);
  expect(run.lines.join("\n")).not.toMatch(/"token [abc]"/);
});
