import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../json/parse.ts";
import { startServer } from "../../testing/server.ts";
import { text } from "../../testing/replies.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { runPlan, type PlanArguments } from "../plan.ts";

const manifest = `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [customers] }
definitions:
  requester: &requester
    type: HttpRequester
    url_base: "{{ config['url'] }}"
    authenticator:
      type: OAuthAuthenticator
      token_refresh_endpoint: "{{ config['url'] }}/token"
      client_id: me
      client_secret: "{{ config['secret'] }}"
      refresh_token: r
  selector: &selector { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data, items] } }
  schema_loader: &schema { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
  customers: &customers
    type: DeclarativeStream
    name: customers
    schema_loader: *schema
    retriever:
      type: SimpleRetriever
      requester: { <<: *requester, path: /customers }
      record_selector: *selector
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: PageIncrement, start_from_page: 1 }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
streams:
  - *customers
  - type: DeclarativeStream
    name: orders
    schema_loader: *schema
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      end_datetime: "2026-12-31"
      step: P1M
      cursor_granularity: P1D
      start_time_option: { type: RequestOption, inject_into: body_json, field_name: from }
    retriever:
      type: SimpleRetriever
      requester: { <<: *requester, path: "/customers/{{ stream_partition.customer }}/orders", http_method: POST }
      record_selector: *selector
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: customer, stream: *customers }
spec:
  type: Spec
  connection_specification:
    type: object
    properties: { url: { type: string }, secret: { type: string, airbyte_secret: true } }
`;

async function plan(args: Partial<PlanArguments>, kind: "terminal" | "pipe"): Promise<{ out: string; asked: number }> {
  const folder = await mkdtemp(join(tmpdir(), "ferry-plan-"));
  await using server = await startServer(() => text("nobody asks"));
  try {
    await writeFile(join(folder, "manifest.yaml"), manifest);
    const terminal = fakeTerminal(kind, { width: 200 });
    const config = JSON.stringify({ url: server.url, secret: "sesame" });
    expect(await runPlan({ target: folder, slices: 2, config, ...args }, terminal)).toBe(0);
    return { out: terminal.out().replaceAll(server.url, "http://api"), asked: server.requests.length };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a plan for people names what depends on answers, and asks nobody", async () => {
  const { out, asked } = await plan({}, "terminal");
  expect(asked).toBe(0);
  expect(out).not.toContain("sesame");
  expect(out).toBe(`first
└─ POST http://api/token
   └─ grant_type=refresh_token&client_id=me&client_secret=SCRUBBED_client_secret&refresh_token=SCRUBBED_refresh_token

customers
├─ (all)
│  └─ GET http://api/customers
└─ then page after page, as the answers say (PageIncrement)

orders  once for each record of customers
├─ (customer: {customers.id}, start_time: 2026-01-01, end_time: 2026-01-31)
│  └─ POST http://api/customers/{customers.id}/orders
│     └─ {"from": "2026-01-01"}
├─ (customer: {customers.id}, start_time: 2026-02-01, end_time: 2026-02-28)
│  └─ POST http://api/customers/{customers.id}/orders
│     └─ {"from": "2026-02-01"}
└─ … and more slices, if there are (--slices shows them)
`);
});

test("a plan for programs is a line for each request", async () => {
  const { out } = await plan({ stream: ["orders"], since: "2026-11-15" }, "pipe");
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => parseJson(line));
  expect(lines).toMatchObject([
    { stream: null, method: "POST", url: "http://api/token" },
    { stream: "customers", method: "GET", url: "http://api/customers" },
    { stream: "orders", method: "POST", slice: { customer: "{customers.id}", start_time: "2026-11-15" } },
    { stream: "orders", method: "POST", slice: { start_time: "2026-12-15" } },
  ]);
});
