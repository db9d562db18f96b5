/** A described API becomes a connector that reads from it, as it was made. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openConnector } from "../../src/cli/connector/open-connector.ts";
import { runVerb } from "../../src/cli/connector/run-verb.ts";
import { newConnector } from "../../src/cli/new/new-connector.ts";
import { fakeTerminal } from "../../src/cli/terminal/fake-terminal-for-test.ts";
import type { Json, JsonObject } from "../../src/json/value.ts";
import { checkManifest } from "../../src/manifest/check/check.ts";
import { loadLanguage } from "../../src/manifest/plan.ts";
import type { Message } from "../../src/protocol/message.ts";
import type { TestServer } from "../../src/testing/index.ts";
import { conclusionsOf, type Report } from "./report.ts";
import { shop, shopToken, startShop } from "./shop-api.ts";

const description = fileURLToPath(new URL("shop.openapi.yaml", import.meta.url));
const config = { api_token: shopToken, start_date: "2025-01-01T00:00:00Z" };
const temporary = mkdtempSync(join(tmpdir(), "ferry-new-"));
const folder = join(temporary, "source-shop");
const terminal = fakeTerminal("pipe");
let server: TestServer;

beforeAll(async () => {
  server = await startShop();
  const options = {
    name: "source-shop",
    "from-openapi": description,
    url: `${server.url}/v2`,
    dir: folder,
    format: "json",
  };
  expect(await newConnector(options, terminal)).toBe(0);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(temporary, { recursive: true });
});

async function read(streams?: readonly string[], state?: Json): Promise<Message[]> {
  const messages: Message[] = [];
  const inputs = { config, streams, state };
  await runVerb(await openConnector(folder), "read", inputs, { onMessage: (message) => messages.push(message) });
  return messages;
}
const recordsOf = (messages: readonly Message[], stream: string): JsonObject[] =>
  messages.flatMap((message) =>
    message.type === "RECORD" && message.record.stream === stream ? [message.record.data] : [],
  );

test("the manifest has no fault", async () => {
  const problems = checkManifest(readFileSync(join(folder, "manifest.yaml"), "utf8"), await loadLanguage([]));
  expect(problems).toEqual([]);
});

test("check succeeds with the right token only", async () => {
  const statuses: (string | undefined)[] = [];
  for (const api_token of [shopToken, "another"]) {
    await runVerb(
      await openConnector(folder),
      "check",
      { config: { ...config, api_token } },
      {
        onMessage: (message) => message.type === "CONNECTION_STATUS" && statuses.push(message.connectionStatus.status),
      },
    );
  }
  expect(statuses).toEqual(["SUCCEEDED", "FAILED"]);
});

test("all records of all streams are read, page after page and partition after partition", async () => {
  const messages = await read();
  const lines = shop.orders.flatMap(({ id }) => shop.lines(id));
  const expected = {
    customers: shop.customers,
    addresses: shop.customers.flatMap(({ id }) => shop.addresses(id)),
    orders: shop.orders,
    lines,
    discounts: lines.flatMap(({ id }) => shop.discounts(id)),
    categories: shop.categories,
    products: shop.products,
    events: shop.events,
    warehouses: ["eu", "us"].flatMap(shop.warehouses),
  };
  const withoutNulls = (rows: readonly object[]): unknown[] =>
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  for (const [stream, rows] of Object.entries(expected)) {
    expect(recordsOf(messages, stream), stream).toHaveLength(rows.length);
    expect(recordsOf(messages, stream), stream).toEqual(expect.arrayContaining(withoutNulls(rows)));
  }
  const ends = messages.flatMap((message) => (message.type === "TRACE" ? [message.trace.stream_status?.status] : []));
  expect(ends.filter((status) => status === "COMPLETE")).toHaveLength(Object.keys(expected).length);
});

test("the second read asks for what is new", async () => {
  const first = await read(["orders"]);
  const state = first.flatMap((message) => (message.type === "STATE" ? [message.state] : []));
  const second = await read(["orders"], [state.at(-1)!]);
  expect(recordsOf(second, "orders")).toEqual([shop.orders[4]]);
});

test("what was concluded is told with how sure it is", () => {
  const report = JSON.parse(terminal.out()) as Report;
  expect(conclusionsOf(report)).toEqual([
    ["customers", "data high", "id high", "cursor high", "", ""],
    ["addresses", "(the answer) high", "id high", "none medium", "", "customer_id from customers.id high"],
    ["orders", "orders high", "id high", "page high", "updated_at high", ""],
    ["lines", "results high", "id high", "offset high", "", "order_id from orders.id high"],
    ["discounts", "items high", "code low", "none medium", "", "line_id from lines.id high"],
    ["categories", "(the answer) high", "slug low", "none medium", "", ""],
    ["products", "value high", "product_id medium", "links.next high", "", ""],
    ["events", "data high", "id high", "starting_after high", "", ""],
    ["warehouses", "(the answer) high", "id high", "Link high", "", "region from 2 values high"],
  ]);
  expect(report.skipped).toEqual([
    { path: "/shop", why: "it answers a single object" },
    { path: "/customers/{customer_id}", why: "it answers a single object" },
    { path: "/old/coupons", why: "it is deprecated" },
  ]);
});

test("schemas keep what the description says", async () => {
  const messages: Message[] = [];
  await runVerb(
    await openConnector(folder),
    "discover",
    { config },
    { onMessage: (message) => messages.push(message) },
  );
  const [catalog] = messages.flatMap((message) => (message.type === "CATALOG" ? [message.catalog] : []));
  const schema = (name: string): unknown =>
    catalog!.streams.find((stream) => stream.name === name)!.json_schema["properties"];
  expect(schema("customers")).toEqual({
    id: { type: "integer" },
    email: { type: "string", format: "email" },
    name: { type: ["null", "string"] },
    tags: { type: ["null", "array"], items: { type: "string" } },
    address: {
      type: ["null", "object"],
      additionalProperties: true,
      properties: {
        id: { type: ["null", "string"], format: "uuid" },
        street: { type: ["null", "string"] },
        country: { type: ["null", "string"], description: "Two letters." },
      },
    },
  });
  expect(schema("orders")).toMatchObject({
    status: { type: "string", enum: ["open", "paid", "shipped"] },
    payment: {
      properties: { kind: { type: "string" }, last4: { type: ["null", "string"] }, iban: { type: ["null", "string"] } },
    },
  });
  expect(schema("categories")).toEqual({
    slug: { type: "string" },
    children: {
      type: ["null", "array"],
      items: {
        type: "object",
        additionalProperties: true,
        properties: {
          slug: { type: "string" },
          children: { type: ["null", "array"] },
        },
      },
    },
  });
  expect(schema("products")).toMatchObject({ price: { type: ["null", "number", "string"] } });
});
