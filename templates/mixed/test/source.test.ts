// The whole connector against a scripted server on this machine, and one of its components by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildComponent, checkContract, configured, json, runConnector, startServer, status } from "ferry-cdk/testing";
import type { ConnectorInputs, ConnectorRun } from "ferry-cdk/testing";
import { centsToAmounts } from "../components.js";
import { source } from "../src/source.js";

const customers = [{ id: 1, name: "Ann", balance: 1250 }, { id: 2 }, { id: 3, balance: 250 }];
const invoices = [1, 2, 3].map((number) => ({ id: number * 10, number }));

/** Runs a verb against the scripted API. */
async function run(verb: string, inputs: ConnectorInputs = {}): Promise<ConnectorRun> {
  await using server = await startServer({
    "/customers": ({ query, headers }) => {
      if (headers["authorization"] !== "Bearer t0k3n") return status(401);
      const from = Number(query.get("cursor") ?? 0);
      return json({ data: customers.slice(from, from + 2), next: from + 2 < customers.length ? from + 2 : null });
    },
    "/invoices": ({ query, headers }) => {
      if (headers["authorization"] !== "Bearer t0k3n") return status(401);
      return json({ data: invoices.filter(({ number }) => number > Number(query.get("after"))), next: null });
    },
  });
  return await runConnector(source, [verb], { config: { url: server.url, api_token: "t0k3n" }, ...inputs });
}

test("discover tells of both kinds of streams", async () => {
  const streams = (await run("discover")).of("CATALOG").flatMap(({ catalog }) => catalog.streams);
  assert.deepEqual(
    streams.map(({ name }) => name),
    ["customers", "invoices", "totals"],
  );
});

test("streams of the manifest and in code are read in one sync", async () => {
  const result = await run("read", { catalog: configured("customers", "totals") });
  assert.equal(result.exitCode, 0);
  assert.deepEqual(result.records("customers"), [
    { id: 1, name: "Ann", balance: 12.5 },
    { id: 2 },
    { id: 3, balance: 2.5 },
  ]);
  assert.deepEqual(result.records("totals"), [{ customers: 3, balance: 15 }]);
});

test("only new invoices, from the state of the last sync", async () => {
  const catalog = configured(["invoices", "incremental"]);
  const first = await run("read", { catalog });
  assert.deepEqual(first.records("invoices"), invoices);
  const state = [{ type: "STREAM", stream: { stream_descriptor: { name: "invoices" }, stream_state: { number: 2 } } }];
  assert.deepEqual((await run("read", { catalog, state })).records("invoices"), [invoices[2]]);
});

test("a component by itself", async () => {
  const { role } = await buildComponent(centsToAmounts, { fields: ["balance"] });
  const record = { balance: 1250 };
  role(record, {});
  assert.deepEqual(record, { balance: 12.5 });
  await checkContract("transformation", role, [{ balance: 5 }, {}]);
});
