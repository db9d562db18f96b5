import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { json, startServer, status, type TestServer } from "../../testing/index.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { testConnector, type TestCommand } from "./test-connector.ts";

const root = mkdtempSync(join(tmpdir(), "ferry-test-command-"));
afterAll(() => rmSync(root, { recursive: true }));

const manifest = (url: string): string => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: [id]
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, at: { type: string }, total: { type: number } } }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%Y-%m-%d"
      cursor_granularity: P1D
      step: P2D
      start_datetime: "2026-01-01"
      end_datetime: "2026-01-06"
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
      end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to }
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: ${url}
        path: /orders
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties: { token: { type: string, airbyte_secret: true } }
`;

const orders = [1, 2, 3, 4, 5].map((id) => ({ id, at: `2026-01-0${id}`, total: id / 2 }));

function api(data: readonly unknown[]): Promise<TestServer> {
  return startServer({
    "/orders": ({ query, headers }) => {
      if (headers["authorization"] !== "Bearer t0k3n-of-tests") return status(401);
      const within = ({ at }: { at: string }): boolean => at >= query.get("from")! && at <= query.get("to")!;
      return json(data.filter((order) => within(order as { at: string })));
    },
  });
}

/** A connector's folder with these files. */
function connector(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function run(
  target: string,
  command: Partial<TestCommand> = {},
  kind: "terminal" | "pipe" = "terminal",
): Promise<{ code: number; out: string; err: string }> {
  const terminal = fakeTerminal(kind);
  const code = await testConnector({ target, ...command }, terminal);
  return {
    code,
    out: terminal
      .out()
      .replaceAll(/ {2}\d+ ms/g, "")
      .replaceAll(root, ""),
    err: terminal.err(),
  };
}

const acceptance = `
connector_image: x
test_strictness_level: low
acceptance_tests:
  spec: { tests: [{ config_path: secrets/config.json }] }
  connection: { tests: [{ config_path: secrets/config.json }, { config_path: bad.json, status: failed }] }
  discovery: { tests: [{ config_path: secrets/config.json }] }
  basic_read:
    tests:
      - config_path: secrets/config.json
        expect_records: { path: expected.jsonl, extra_records: no }
  full_refresh: { bypass_reason: it is slow }
  incremental:
    tests: [{ config_path: secrets/config.json, future_state: { future_state_path: future.json }, timeout_secs: 5 }]
`;
const files = (url: string): Record<string, string> => ({
  "manifest.yaml": manifest(url),
  "acceptance-test-config.yml": acceptance,
  "secrets/config.json": '{"token":"t0k3n-of-tests"}',
  "bad.json": '{"token":"another-one"}',
  "expected.jsonl": orders.map((data) => `${JSON.stringify({ stream: "orders", data })}\n`).join(""),
  "future.json": '{"orders":{"at":"2026-01-06"}}',
});

test(
  "a good connector passes live, and then from its cassette without its server and its secrets",
  { timeout: 60_000 },
  async () => {
    const server = await api(orders);
    const folder = connector("good", files(server.url));
    const recorded = await run(folder, { record: join(folder, "cassette") });
    await server.close();
    const lines = [
      "✓ spec config.json",
      "✓ connection config.json  SUCCEEDED",
      "✓ connection bad.json  FAILED",
      "✓ discovery config.json  1 stream",
      "✓ basic_read config.json  1 stream, 5 records",
      "- full_refresh  skipped: it is slow",
      "✓ incremental config.json  1 stream, 5 records",
      "",
      "6 passed, 1 skipped",
      "",
    ];
    expect(recorded.out).toBe(["good  recording into /good/cassette", ...lines].join("\n"));
    expect(recorded.err).toContain(
      "acceptance_tests.incremental.tests[0].timeout_secs is not known; did you mean timeout_seconds?",
    );
    expect(recorded.code).toBe(0);

    rmSync(join(folder, "secrets"), { recursive: true });
    const replayed = await run(folder);
    expect(replayed.out).toBe(["good  from /good/cassette", ...lines].join("\n"));
    expect(replayed.code).toBe(0);
  },
);

test("what is wrong is told, for people, for programs and for a CI", async () => {
  await using server = await api([...orders.slice(0, 4), { id: "5", at: "2026-01-05" }, { at: "2026-01-05" }]);
  const folder = connector("wrong", files(server.url));
  const junit = join(folder, "junit.xml");
  const told = await run(folder, { junit, annotations: "github", sections: ["basic_read"] });
  expect(told.code).toBe(1);
  const expected = [
    'orders: Record 5: /id is "5" but must be an integer [schema]',
    "orders: Record 6 has no id, of which its primary key is made. [primary-key]",
    'orders: Record 5 is not among the expected ones: {"id":"5","at":"2026-01-05"} [expected]',
    'orders: Record 6 is not among the expected ones: {"at":"2026-01-05"} [expected]',
  ];
  for (const line of expected) expect(told.out).toContain(`    ✗ ${line}\n`);
  expect(told.out).toMatch(/✗ orders: .*expected\.jsonl:5: this record did not come: /);
  expect(told.out).toContain("\n1 failed\n");
  expect(told.err).toMatch(
    /^::error file=.*acceptance-test-config\.yml,title=basic_read config\.json::orders: Record 5/m,
  );
  const xml = readFileSync(junit, "utf8");
  expect(xml).toContain('<testsuite name="wrong" tests="1" failures="1" skipped="0"');
  expect(xml).toContain("/id is &quot;5&quot; but must be an integer [schema]");

  const piped = await run(folder, { format: "json", sections: ["connection"] }, "pipe");
  expect(piped.code).toBe(0);
  const report = JSON.parse(piped.out) as { tests: { name: string; status: string }[] };
  expect(report.tests.map(({ name, status: is }) => `${name}: ${is}`)).toEqual([
    "connection config.json: passed",
    "connection bad.json: passed",
  ]);
});

test("a request that the cassette does not have fails the test, and says which", async () => {
  const server = await api(orders);
  const folder = connector("drifted", files(server.url));
  await run(folder, { record: join(folder, "cassette"), sections: ["basic_read"] });
  await server.close();
  writeFileSync(join(folder, "manifest.yaml"), manifest(server.url).replace("field_name: from", "field_name: since"));
  const told = await run(folder, { sections: ["basic_read"] });
  expect(told.code).toBe(1);
  expect(told.out).toContain('query from: "2026-01-01" was recorded, none is asked now');
  expect(told.out).toContain('query since: "2026-01-01" is asked now, none was recorded');
});

test("without a file each section is tried; where tests are strict more has to be said", async () => {
  await using server = await api(orders);
  const folder = connector("plain", {
    "manifest.yaml": manifest(server.url),
    "config.json": '{"token":"t0k3n-of-tests"}',
  });
  const plain = await run(folder);
  expect(plain.out.match(/✓/g)).toHaveLength(6);
  expect(plain.code).toBe(0);
  writeFileSync(
    join(folder, "acceptance-test-config.yml"),
    "test_strictness_level: high\nacceptance_tests: { basic_read: { tests: [{ empty_streams: [orders] }] } }\n",
  );
  const strict = await run(folder, { sections: ["spec", "basic_read"] });
  expect(strict.code).toBe(1);
  for (const line of [
    "acceptance_tests.spec has no tests: give some, or a bypass_reason, as test_strictness_level is high. [strictness]",
    "As test_strictness_level is high, expect_records needs a path, or a bypass_reason. [strictness]",
    "As test_strictness_level is high, the empty stream orders needs a bypass_reason. [strictness]",
  ]) {
    expect(strict.out).toContain(`    ✗ ${line}\n`);
  }
});

test("a state that loses records is found out, and code that writes to stdout", async () => {
  const folder = connector("lossy", {
    "package.json": '{"name":"lossy","type":"module"}',
    "source.mjs": `
      const schema = { type: "object", properties: { id: { type: "integer" } } };
      const status = (status) => ({ type: "TRACE", trace: { type: "STREAM_STATUS", emitted_at: 1, stream_status: { stream_descriptor: { name: "s" }, status } } });
      const state = (at) => ({ type: "STATE", state: { type: "STREAM", stream: { stream_descriptor: { name: "s" }, stream_state: { at } } } });
      const record = (id) => ({ type: "RECORD", record: { stream: "s", data: { id }, emitted_at: 1 } });
      export const source = {
        spec: async () => ({ connectionSpecification: { type: "object", properties: {} } }),
        check: async () => ({ status: "SUCCEEDED" }),
        discover: async () => ({ streams: [{ name: "s", json_schema: schema, supported_sync_modes: ["full_refresh", "incremental"], source_defined_cursor: true, default_cursor_field: ["id"] }] }),
        async *read(config, catalog, incoming) {
          const { at = 0 } = incoming.of("s");
          if (at > 0) process.stdout.write("resuming\\n");
          yield status("STARTED");
          yield status("RUNNING");
          for (let id = at === 0 ? 1 : at + 2; id <= 4; id++) { yield record(id); yield state(id); }
          yield status("COMPLETE");
          yield state(4);
        },
      };`,
  });
  const told = await run(folder, { sections: ["incremental"] });
  expect(told.out).toContain(
    "s: 1 of 2 records that came after a STATE are lost when the read is resumed from it. [incremental]",
  );
  expect(told.out).toContain("The connector's code writes to stdout, which is for messages: resuming [stdout]");
  expect(told.code).toBe(1);
});

test.each([
  ["acceptance_tests: []", "acceptance_tests must be a mapping of sections."],
  ["test_strictness_level: hard", 'test_strictness_level must be "low" or "high".'],
  [
    "acceptance_tests: { connection: { tests: [{ status: works }] } }",
    'acceptance_tests.connection.tests[0] has the status "works": it must be succeed, failed or exception.',
  ],
  ["acceptance_tests: { connection: { tests: {} } }", "acceptance_tests.connection.tests must be a list."],
  ["a: [", "line 1 cannot be read: "],
])("%s is refused with its place", async (text, expected) => {
  const folder = connector("refused", {
    "manifest.yaml": manifest("http://127.0.0.1:1"),
    "acceptance-test-config.yml": text,
  });
  await expect(run(folder)).rejects.toThrow(expected);
});
