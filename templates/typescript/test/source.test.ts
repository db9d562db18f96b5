// The whole connector against a scripted server on this machine: no network, no containers.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  configured,
  json,
  runConnector,
  startServer,
  status,
  type ConnectorInputs,
  type ConnectorRun,
} from "ferry-cdk/testing";
import { source } from "../src/source.js";

const customers = [{ id: 1, name: "Ann" }, { id: 2 }, { id: 3 }];
const orders = [1, 2, 3].map((id) => ({ id, total: id / 2, updated_at: `2026-01-0${id}T00:00:00Z` }));

/** Runs a verb against the scripted API. */
async function run(verb: string, inputs: ConnectorInputs = {}, token = "t0k3n"): Promise<ConnectorRun> {
  await using server = await startServer({
    "/customers": ({ query, headers }) => {
      if (headers["authorization"] !== "Bearer t0k3n") return status(401);
      const from = Number(query.get("cursor") ?? 0);
      return json({ data: customers.slice(from, from + 2), next: from + 2 < customers.length ? from + 2 : null });
    },
    "/orders": ({ query }) =>
      json({ data: orders.filter(({ updated_at }) => updated_at >= (query.get("updated_since") ?? "")) }),
  });
  return await runConnector(source, [verb], { config: { url: server.url, api_token: token }, ...inputs });
}
const statusOf = (result: ConnectorRun): string | undefined =>
  result.of("CONNECTION_STATUS")[0]?.connectionStatus.status;

test("check", async () => {
  assert.equal(statusOf(await run("check")), "SUCCEEDED");
  assert.equal(statusOf(await run("check", {}, "wrong")), "FAILED");
});

test("discover", async () => {
  const streams = (await run("discover")).of("CATALOG").flatMap(({ catalog }) => catalog.streams);
  assert.deepEqual(
    streams.map(({ name }) => name),
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
