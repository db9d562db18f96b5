import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createSource } from "../code-source.ts";
import { parseJson } from "../json/parse.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import { plainData } from "../json/plain-data.ts";
import { isObject } from "../json/value.ts";
import { cut, gzip, json, slow, startServer, status, text, type TestServer } from "../testing/index.ts";
import { configured, runConnector, type ConnectorRun } from "../testing/run-connector.ts";
import { openPlayer } from "./replay.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-tape-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SECRET = "k3y/with+signs";
const manifest = (url: string): string => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
definitions:
  stream: &stream
    type: DeclarativeStream
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
    retriever: &retriever
      type: SimpleRetriever
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      requester: &requester
        type: HttpRequester
        url_base: ${url}
        path: /{{ parameters['name'] }}
        request_parameters: { key: "{{ config['api_key'] }}" }
        authenticator:
          type: OAuthAuthenticator
          token_refresh_endpoint: ${url}/token
          client_id: "{{ config['api_key'] }}"
          client_secret: "{{ config['api_key'] }}"
          grant_type: client_credentials
        error_handler:
          type: DefaultErrorHandler
          backoff_strategies: [{ type: WaitTimeFromHeader, header: retry-after }]
streams:
  - { <<: *stream, name: users, $parameters: { name: users } }
  - { <<: *stream, name: packed, $parameters: { name: packed } }
  - { <<: *stream, name: moved, $parameters: { name: moved } }
  - { <<: *stream, name: broken, $parameters: { name: broken } }
  - <<: *stream
    name: lines
    $parameters: { name: lines }
    retriever: { <<: *retriever, decoder: { type: JsonlDecoder } }
  - <<: *stream
    name: new
    $parameters: { name: new }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at
      datetime_format: "%s"
      start_datetime: { type: MinMaxDatetime, datetime: "2026-01-01T00:00:00Z", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
      end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to }
spec:
  type: Spec
  connection_specification: { type: object, properties: { api_key: { type: string, airbyte_secret: true } } }
`;

const names = ["users", "packed", "moved", "broken", "lines", "new"];
const big = { rows: "x".repeat(70_000), ratio: 1.5 };

async function api(): Promise<TestServer> {
  const server: TestServer = await startServer({
    "POST /token": json({ access_token: "bearer-of-today", expires_in: 3600, echo: SECRET }),
    "/users": (request, count) =>
      count === 0
        ? status(429, { headers: { "retry-after": "60" } })
        : json([{ id: 12345678901234567890n.toString(), key: request.query.get("key"), float: 1.5 }]),
    "/packed": gzip(json([big])),
    "/moved": () => status(302, { headers: { location: `${server.url}/arrived` } }),
    "/arrived": json([{ id: 1 }]),
    "/broken": (_, count) => (count === 0 ? cut(json([{ id: 1, rest: "x".repeat(100) }]), 20) : json([{ id: 1 }])),
    "/lines": text('{"id":1}\n'),
    "/new": ({ query }) => json([{ at: query.get("to"), from: query.get("from") }]),
  });
  return server;
}

const run = (url: string, env: Record<string, string>, key = SECRET, verb = "read"): Promise<ConnectorRun> =>
  runConnector(undefined, [verb], {
    manifest: manifest(url),
    config: { api_key: key },
    ...(verb === "read" ? { catalog: configured(...names) } : {}),
    env,
    // The recorded run need not wait here; the replayed one must not by itself.
    ...("FERRY_RECORD" in env ? { sleep: async () => undefined } : {}),
  });
const data = (result: ConnectorRun): unknown =>
  names.map((name) => [name, result.records(name), result.statuses(name)]);

const PATIENCE = 60_000; // milliseconds: the first run of a file brings the whole of the CDK along

test(
  "a read is recorded, and played again without its server, its secrets and its waits",
  { timeout: PATIENCE },
  async () => {
    const server = await api();
    const cassette = join(folder, "all");
    const recorded = await run(server.url, { FERRY_RECORD: cassette });
    await server.close();
    expect(recorded.exitCode).toBe(0);
    expect(recorded.records("users")).toEqual([{ id: "12345678901234567890", key: SECRET, float: 1.5 }]);

    const files = readdirSync(cassette, { recursive: true, encoding: "utf8" });
    const written = files
      .filter((file) => /\.\w+$/.test(file))
      .map((file) => readFileSync(join(cassette, file), "utf8"));
    for (const secret of [SECRET, encodeURIComponent(SECRET), "bearer-of-today"]) {
      expect(written.filter((content) => content.includes(secret))).toEqual([]);
    }
    expect(files.filter((file) => file.includes("token"))).toHaveLength(1);
    expect(files.filter((file) => file.includes("packed"))).toHaveLength(2); // a body of its own
    const failed = written.find((content) => content.includes("failure:"));
    expect(failed).toMatch(/kind: chunked-encoding/);

    const replayed = await run(server.url, { FERRY_REPLAY: cassette }, "another key");
    // The minute of the recorded Retry-After took no time, but the clock went on by it.
    const [earliest, latest] = [
      replayed.of("TRACE")[0]!.trace.emitted_at,
      replayed.of("TRACE").at(-1)!.trace.emitted_at,
    ];
    expect(Number(plainData(latest)) - Number(plainData(earliest))).toBeGreaterThan(60_000);
    const [first] = replayed.records("users");
    expect(first).toEqual({ id: "12345678901234567890", key: "SCRUBBED_api_key", float: 1.5 });
    expect(replayed.records("packed")).toEqual(recorded.records("packed"));
    expect(data(replayed)).toEqual(
      JSON.parse(JSON.stringify(data(recorded)).replaceAll(JSON.stringify(SECRET), '"SCRUBBED_api_key"')),
    );
    expect(replayed.exitCode).toBe(0);
    // The clock stands where the recorded run began.
    const at = (result: ConnectorRun): number => result.of("RECORD")[0]!.record.emitted_at;
    expect(Math.abs(at(replayed) - at(recorded))).toBeLessThan(100_000);
  },
);

test("what is not recorded is named, with what comes nearest", async () => {
  const server = await api();
  const cassette = join(folder, "part");
  const only = manifest(server.url);
  await runConnector(undefined, ["read"], {
    manifest: only,
    config: { api_key: SECRET },
    catalog: configured("moved"),
    env: { FERRY_RECORD: cassette },
  });
  await server.close();
  const replayed = await runConnector(undefined, ["read"], {
    manifest: only.replaceAll("request_parameters: {", `request_parameters: { limit: '5',`),
    config: { api_key: SECRET },
    catalog: configured("moved"),
    env: { FERRY_REPLAY: cassette },
  });
  expect(replayed.exitCode).toBe(1);
  expect(server.requests.filter(({ path }) => path === "/moved")).toHaveLength(1);
  const [error] = replayed.of("TRACE").flatMap(({ trace }) => trace.error ?? []);
  expect(error?.message.replaceAll(server.url, "http://a.test")).toBe(
    [
      `GET http://a.test/moved?limit=5&key=SCRUBBED_api_key is not recorded in ${cassette}.`,
      "The nearest that is:",
      "  read/0002-get-moved.yaml: GET http://a.test/moved?key=SCRUBBED_api_key",
      '    query limit: "5" is asked now, none was recorded',
      `Record it with --record ${cassette}.`,
    ].join("\n"),
  );
});

test("a cassette that is not there is told as a wrong input is", async () => {
  const missing = join(folder, "missing");
  const result = await run("http://127.0.0.1:1", { FERRY_REPLAY: missing });
  expect(result.exitCode).toBe(1);
  expect(result.of("TRACE")[0]?.trace.error?.message).toContain(`There is no cassette in ${missing}`);
});

test("another verb is answered by what a read recorded", async () => {
  const server = await api();
  await server.close();
  const result = await run(server.url, { FERRY_REPLAY: join(folder, "all") }, "k", "check");
  // The address is another one, so that even the token is not recorded: the check says so.
  expect(result.of("CONNECTION_STATUS")[0]?.connectionStatus.message ?? "").toContain("is not recorded");
});

test("a source in code is recorded through fetch, and its clock is set", async () => {
  const server = await startServer({ "/now": () => slow(json({ seen: 1 }, { headers: { "x-page": "2" } }), 5) });
  const cassette = join(folder, "code");
  const source = createSource({
    spec: { connectionSpecification: { type: "object", properties: {} } },
    streams: () => [
      {
        name: "seen",
        schema: { type: "object", properties: {} },
        async *read() {
          const answer = await fetch(`${server.url}/now?at=${new Date().toISOString()}`, {
            method: "POST",
            body: "x=1",
          });
          const body = parseJson(await answer.text());
          yield valueRows([
            { ...(isObject(body) ? body : {}), page: answer.headers.get("x-page"), day: new Date().getTime() },
          ]);
        },
      },
    ],
  });
  const read = (env: Record<string, string>): Promise<ConnectorRun> =>
    runConnector(source, ["read"], { config: {}, catalog: configured("seen"), env });
  const recorded = await read({ FERRY_RECORD: cassette });
  await server.close();
  // As if it were a year ago: the clock is what the recording says.
  const file = join(cassette, "read/recording.json");
  const told = readFileSync(file, "utf8");
  const replayed = await read({ FERRY_REPLAY: cassette });
  expect(recorded.records("seen")).toEqual([{ seen: 1, page: "2", day: expect.any(Number) as number }]);
  expect(replayed.records("seen")).toEqual([{ seen: 1, page: "2", day: expect.any(Number) as number }]);
  writeFileSync(file, told.replaceAll(/20\d\d-(?=\d\d-\d\dT)/g, "2020-"));
  const yearsAgo = await read({ FERRY_REPLAY: cassette });
  expect(yearsAgo.of("TRACE").find(({ trace }) => trace.error !== undefined)?.trace.error?.message).toContain(
    "now?at=2020-",
  );
  expect(new Date().getFullYear()).toBeGreaterThan(2020);
});

test("answers come in the order in which they ended when they were recorded", async () => {
  const cassette = join(folder, "order");
  mkdirSync(join(cassette, "read"), { recursive: true });
  writeFileSync(
    join(cassette, "read/recording.json"),
    '{"started_at":"2026-03-01T10:00:00.000Z","ended_at":"2026-03-01T10:00:09.000Z"}',
  );
  // The first page of b was there before a, which was asked for first, and the second one as well.
  for (const [number, [path, second, milliseconds]] of Object.entries([
    ["a", 0, 5000],
    ["b1", 0, 1000],
    ["c", 0, 1500],
    ["b2", 1, 1000],
  ] as const)) {
    const at = `2026-03-01T10:00:0${second}.000Z`;
    const told = {
      at,
      milliseconds,
      request: { method: "GET", url: `https://a.test/${path}` },
      response: { status: 200 },
    };
    writeFileSync(join(cassette, `read/000${number}.yaml`), JSON.stringify(told));
  }
  const { exchange } = await openPlayer(cassette, "read");
  const order: string[] = [];
  const ask = async (path: string): Promise<void> => {
    const request = { method: "GET", url: `https://a.test/${path}`, headers: {} };
    await exchange(request, { signal: new AbortController().signal });
    order.push(path);
  };
  await Promise.all([ask("a"), ask("b1").then(() => ask("b2")), ask("c")]);
  expect(order).toEqual(["b1", "c", "b2", "a"]);
});
