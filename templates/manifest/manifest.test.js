// The whole connector against a scripted server on this machine: no network, no containers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { configured, json, runConnector, startServer, status } from "ferry-cdk/testing";

const text = readFileSync(new URL("manifest.yaml", import.meta.url), "utf8");
const config = { api_token: "t0k3n", start_date: "2026-01-01T00:00:00Z" };

const customers = [{ id: 1, name: "Ann" }, { id: 2 }, { id: 3 }];
const orders = [1, 2, 3].map((id) => ({ id, total: id / 2, updated_at: `2026-01-0${id}T00:00:00Z` }));

/** Runs a verb against the scripted API. */
async function run(verb, inputs = {}) {
  const server = await startServer({
    "/v1/customers": ({ query, headers }) => {
      if (headers.authorization !== "Bearer t0k3n") return status(401);
      const from = Number(query.get("cursor") ?? 0);
      return json({ data: customers.slice(from, from + 2), next: from + 2 < customers.length ? from + 2 : null });
    },
    "/v1/orders": ({ query }) =>
      json({ data: orders.filter(({ updated_at }) => updated_at >= query.get("updated_since")), next: null }),
  });
  const manifest = text.replace("https://api.example.com", server.url);
  try {
    return await runConnector(undefined, [verb], { manifest, config, ...inputs });
  } finally {
    await server.close();
  }
}
const statusOf = (result) => result.of("CONNECTION_STATUS")[0].connectionStatus.status;

test("check", async () => {
  assert.equal(statusOf(await run("check")), "SUCCEEDED");
  assert.equal(statusOf(await run("check", { config: { ...config, api_token: "wrong" } })), "FAILED");
});

test("discover", async () => {
  const [{ catalog }] = (await run("discover")).of("CATALOG");
  assert.deepEqual(
    catalog.streams.map(({ name }) => name),
    ["customers", "orders"],
  );
});

test("all pages of the customers", async () => {
  const result = await run("read", { catalog: configured("customers") });
  assert.equal(result.exitCode, 0);
  assert.deepEqual(result.records("customers"), customers);
});

test("only new orders, from the state of the last sync", async () => {
  const catalog = configured(["orders", "incremental"]);
  const first = await run("read", { catalog });
  assert.deepEqual(first.records("orders"), orders);

  const second = await run("read", { catalog, state: first.lastState() });
  assert.deepEqual(second.records("orders"), [orders[2]]);
});
