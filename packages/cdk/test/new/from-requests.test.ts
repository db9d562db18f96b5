/** Requests that were made, with their answers, become a connector that makes them again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openConnector } from "../../src/cli/connector/open-connector.ts";
import { runVerb } from "../../src/cli/connector/run-verb.ts";
import { requestsOfCurl } from "../../src/cli/new/exchanges/curl.ts";
import { newConnector, type NewOptions } from "../../src/cli/new/new-connector.ts";
import { fakeTerminal } from "../../src/cli/terminal/fake-terminal-for-test.ts";
import type { JsonObject } from "../../src/json/value.ts";
import { checkManifest } from "../../src/manifest/check/check.ts";
import { loadLanguage } from "../../src/manifest/plan.ts";
import { json, startServer, type TestServer } from "../../src/testing/index.ts";
import { conclusionsOf, type Report } from "./report.ts";
import { shop, shopToken, startShop } from "./shop-api.ts";

const temporary = mkdtempSync(join(tmpdir(), "ferry-new-"));
let server: TestServer;
beforeAll(async () => {
  server = await startShop();
});
afterAll(async () => {
  await server.close();
  rmSync(temporary, { recursive: true });
});

async function make(name: string, options: NewOptions): Promise<{ folder: string; report: Report; text: string }> {
  const terminal = fakeTerminal("pipe");
  const folder = join(temporary, name);
  expect(await newConnector({ name, dir: folder, format: "json", ...options }, terminal)).toBe(0);
  const text = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
  const problems = checkManifest(readFileSync(join(folder, "manifest.yaml"), "utf8"), await loadLanguage([]));
  expect(problems.filter(({ severity }) => severity !== "note")).toEqual([]);
  return { folder, report: JSON.parse(terminal.out()) as Report, text };
}

async function read(folder: string, config: JsonObject): Promise<Record<string, JsonObject[]>> {
  const records: Record<string, JsonObject[]> = {};
  await runVerb(
    await openConnector(folder),
    "read",
    { config },
    {
      onMessage(message) {
        if (message.type === "RECORD") (records[message.record.stream] ??= []).push(message.record.data);
        if (message.type === "TRACE") expect(message.trace.error).toBeUndefined();
      },
    },
  );
  return records;
}

/** What a browser writes down of a visit. */
async function harOf(paths: readonly string[]): Promise<string> {
  const headers = {
    authorization: `Bearer ${shopToken}`,
    "user-agent": "Browser",
    "x-client-version": "7",
    "sec-fetch-mode": "cors",
  };
  const list = (pairs: Iterable<readonly [string, string]>): object[] =>
    [...pairs].map(([name, value]) => ({ name, value }));
  const entries = [];
  for (const path of paths) {
    const url = path.startsWith("http") ? path : `${server.url}/v2${path}`;
    const answer = await fetch(url, { headers });
    entries.push({
      startedDateTime: new Date(1740000000000 + entries.length * 1000).toISOString(),
      request: { method: "GET", url, headers: list(Object.entries(headers)) },
      response: {
        status: answer.status,
        headers: list(answer.headers),
        content: { mimeType: "application/json", text: await answer.text() },
      },
    });
  }
  const image = {
    request: { method: "GET", url: "https://cdn.example/logo.png", headers: [] },
    response: { status: 200, headers: [], content: {} },
  };
  return JSON.stringify({ log: { version: "1.2", entries: [image, ...entries] } });
}

test("a HAR file", async () => {
  const file = join(temporary, "shop.har");
  const paths = [
    "/customers?limit=2",
    "/customers?limit=2&cursor=c2",
    "/customers/1/addresses",
    "/customers/2/addresses",
    "/orders?page=1&per_page=2&updated_since=2025-01-01T00:00:00Z",
    "/orders?page=2&per_page=2&updated_since=2025-01-01T00:00:00Z",
    "/orders/2/lines?offset=0&limit=2",
    "/orders/3/lines?offset=0&limit=2",
    "/orders/3/lines?offset=2&limit=2",
    "/products",
    `${server.url}/v2/products?from=2`,
    "/events",
    "/events?starting_after=e2",
    "/nothing",
  ];
  writeFileSync(file, await harOf(paths));
  const { folder, report, text } = await make("source-har", { "from-har": file });
  expect(text).not.toContain(shopToken);
  expect(report.config).toEqual([
    { name: "api_token", required: true, secret: true },
    { name: "start_date", required: true, secret: false },
  ]);
  expect(report.skipped).toContainEqual({ path: "/v2/nothing", why: "it answered 404" });
  expect(conclusionsOf(report)).toEqual([
    ["customers", "data high", "id high", "cursor high", "", ""],
    ["addresses", "(the answer) high", "id high", "none medium", "", "customer_id from customers.id high"],
    ["orders", "orders high", "id high", "page high", "updated_at high", ""],
    ["lines", "results high", "id high", "offset high", "", "order_id from orders.id high"],
    ["products", "value high", "product_id medium", "links.next high", "", ""],
    ["events", "data high", "id high", "starting_after high", "", ""],
  ]);
  const records = await read(folder, { api_token: shopToken, start_date: "2025-03-02T00:00:00Z" });
  expect(Object.fromEntries(Object.entries(records).map(([name, each]) => [name, each.length]))).toEqual({
    customers: 3,
    addresses: 2,
    orders: 4,
    lines: 14,
    products: 4,
    events: 5,
  });
});

test("a curl command, sent once", async () => {
  const command = `curl -sS -H 'Authorization: Bearer ${shopToken}' "${server.url}/v2/orders?per_page=2&page=1"`;
  const { folder, report, text } = await make("source-probed", { "from-curl": [command], probe: true });
  expect(text).not.toContain(shopToken);
  expect(report.streams[0]!.findings).toEqual(
    expect.arrayContaining([expect.objectContaining({ subject: "pagination", value: "page", confidence: "medium" })]),
  );
  expect((await read(folder, { api_token: shopToken }))["orders"]).toHaveLength(shop.orders.length);
});

test("curl commands without answers", async () => {
  const { report, text } = await make("source-curl", {
    "from-curl": [
      `curl https://api.example.com/v1/search -u me:pass1234 --json '{"query": "x", "page": 1}'`,
      "curl -H 'X-Api-Key: abc123def456' 'https://api.example.com/v1/items?sort=name'",
    ],
  });
  expect(text).not.toMatch(/pass1234|abc123def456/);
  expect(report.config.map(({ name, secret }) => [name, secret])).toEqual([
    ["username", true],
    ["password", true],
    ["api_key", true],
  ]);
  expect(report.streams.map(({ name }) => name)).toEqual(["search", "items"]);
  expect(text).toMatch(/http_method: POST/);
  expect(text).toMatch(/request_body_json: \{ query: x \}/);
});

test.each([
  ["curl https://a.example/x", "GET", {}, undefined],
  ["curl -X DELETE 'https://a.example/x'", "DELETE", {}, undefined],
  [
    "curl -XPUT https://a.example/x -d a=1 -d b=2",
    "PUT",
    {},
    {
      kind: "form",
      value: new Map([
        ["a", "1"],
        ["b", "2"],
      ]),
    },
  ],
  ["curl -G https://a.example/x -d q=1 --data-urlencode 'r=a b'", "GET", {}, undefined],
  [`curl https://a.example/x \\\n  -H "A: \\"b\\"" \\\n  -H 'C: d'`, "GET", { a: '"b"', c: "d" }, undefined],
  ['curl https://a.example/x --data-raw $\'{"a":"\\u0041\\\'"}\'', "POST", {}, { kind: "json", value: { a: "A'" } }],
  ["curl -sSL --compressed -b 'k=v' -A me https://a.example/x", "GET", { cookie: "k=v" }, undefined],
  ["curl https://a.example/x --oauth2-bearer tok -o out.json", "GET", { authorization: "Bearer tok" }, undefined],
  ["curl https://u:p@a.example/x", "GET", { authorization: "Basic dTpw" }, undefined],
  ["curl -uu:p https://a.example/x", "GET", { authorization: "Basic dTpw" }, undefined],
  [
    "curl --json '{\"n\": 12345678901234567890}' https://a.example/x",
    "POST",
    { "content-type": "application/json", accept: "application/json" },
    { kind: "json", value: { n: 12345678901234567890n } },
  ],
])("%s", (command, method, headers, body) => {
  const [request, ...more] = requestsOfCurl(command);
  expect(more).toEqual([]);
  expect(request).toMatchObject({ method, body });
  expect(Object.fromEntries(request!.headers)).toEqual(headers);
});

test("curl commands one after the other, with their queries", () => {
  const requests = requestsOfCurl(
    "curl -G a.example/x -d q=1 --data-urlencode 'r=a b' && curl 'https://a.example/y?z=1' # end",
  );
  expect(requests.map(({ url }) => url.href)).toEqual(["http://a.example/x?q=1&r=a+b", "https://a.example/y?z=1"]);
});

test.each([
  ["wget https://a.example", "begin with curl"],
  ["curl 'https://a.example", "not closed"],
  ["curl -H 'A: b'", "no URL"],
  ["curl -F a=b https://a.example", "a form in parts"],
  ["curl 'https://'", "no URL"],
])("%s is refused", (command, problem) => {
  expect(() => requestsOfCurl(command)).toThrow(problem);
});

test("what does not answer with a list is told", async () => {
  await using other = await startServer({ "/me": json({ id: 1 }) });
  const options = { name: "source-me", "from-curl": [`curl ${other.url}/me`], probe: true, dir: join(temporary, "me") };
  await expect(newConnector(options, fakeTerminal("pipe"))).rejects.toThrow("no answer that holds a list of objects");
  expect(readdirSync(temporary)).not.toContain("me");
});
