// The whole connector against a scripted API on this machine: no network, no containers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json, readSource, status, type ReadOptions, type ReadResult } from "ferry-cdk/testing";
import { source } from "../src/source.js";

const config = { url: "https://api.example.com/v1", api_token: "t0k3n" };
const customers = [{ id: 1, name: "Ann" }, { id: 2 }, { id: 3 }];
const orders = [1, 2, 3].map((id) => ({ id, total: id / 2, updated_at: `2026-01-0${id}T00:00:00Z` }));

/** Reads one stream. The connector keeps its real address, but this is what answers. */
const read = (stream: string, options: ReadOptions = {}): Promise<ReadResult> =>
  readSource(source, {
    config,
    streams: [stream],
    api: {
      "/v1/customers": ({ query, headers }) => {
        if (headers["authorization"] !== "Bearer t0k3n") return status(401);
        const from = Number(query.get("cursor") ?? 0);
        return json({ data: customers.slice(from, from + 2), next: from + 2 < customers.length ? from + 2 : null });
      },
      "/v1/orders": ({ query }) =>
        json({ data: orders.filter(({ updated_at }) => updated_at >= (query.get("updated_since") ?? "")) }),
    },
    ...options,
  });

test("all pages of the customers", async () => {
  const result = await read("customers");
  assert.deepEqual(result.records("customers"), customers);
  assert.deepEqual(
    result.requests.map(({ query }) => query),
    [{}, { cursor: "2" }],
  );
  assert.deepEqual(result.problems, []);
});

test("a token that is wrong is said", async () => {
  const result = await read("customers", { config: { ...config, api_token: "wrong" } });
  assert.equal(result.exitCode, 1);
  assert.match(result.errors[0] ?? "", /make a new one, and set api_token/);
});

test("only new orders, from the state of the last sync", async () => {
  const first = await read("orders");
  assert.deepEqual(first.records("orders"), orders);

  const second = await read("orders", { state: first.state });
  assert.deepEqual(second.records("orders"), [orders[2]]);
});
