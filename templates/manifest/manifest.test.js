// The whole connector against a scripted API on this machine: no network, no containers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { json, readManifest, status } from "ferry-cdk/testing";

const manifest = new URL("manifest.yaml", import.meta.url);
const config = { api_token: "t0k3n", start_date: "2026-01-01T00:00:00Z" };

const customers = [{ id: 1, name: "Ann" }, { id: 2 }, { id: 3 }];
const orders = [1, 2, 3].map((id) => ({ id, total: id / 2, updated_at: `2026-01-0${id}T00:00:00Z` }));

/** What the API answers. The connector keeps its real address. */
const api = {
  "/v1/customers": ({ query, headers }) => {
    if (headers.authorization !== "Bearer t0k3n") return status(401);
    const from = Number(query.get("cursor") ?? 0);
    return json({ data: customers.slice(from, from + 2), next: from + 2 < customers.length ? from + 2 : null });
  },
  "/v1/orders": ({ query }) =>
    json({ data: orders.filter(({ updated_at }) => updated_at >= query.get("updated_since")), next: null }),
};

test("all pages of the customers", async () => {
  const result = await readManifest(manifest, { config, streams: ["customers"], api });
  assert.deepEqual(result.records("customers"), customers);
  assert.deepEqual(
    result.requests.map(({ query }) => query),
    [{ limit: "100" }, { limit: "100", cursor: "2" }],
  );
  assert.deepEqual(result.problems, []);
});

test("a token that is wrong is said", async () => {
  const result = await readManifest(manifest, {
    config: { ...config, api_token: "wrong" },
    streams: ["customers"],
    api,
  });
  assert.equal(result.exitCode, 1);
  assert.match(result.errors[0], /401/);
});

test("only new orders, from the state of the last sync", async () => {
  const first = await readManifest(manifest, { config, streams: ["orders"], api });
  assert.deepEqual(first.records("orders"), orders);

  const second = await readManifest(manifest, { config, streams: ["orders"], api, state: first.state });
  assert.deepEqual(second.records("orders"), [orders[2]]);
});
