import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { json, slow, startServer, status } from "../src/testing/index.ts";
import { configured, messagesOf } from "../src/testing/run-connector.ts";
import { ended, residentMegabytes, sourceProcess } from "./source-process.ts";

const { bundle, remove, file, run, start } = sourceProcess("declarative-process.ts");
beforeAll(bundle);
afterAll(remove);

/** Streams of pages without end, of days, and of an answer that is refused. */
function manifest(url: string): string {
  const stream = (name: string, more: object = {}, retriever: object = {}): object => ({
    type: "DeclarativeStream",
    name,
    schema_loader: { type: "InlineSchemaLoader", schema: { type: "object", properties: {} } },
    retriever: {
      type: "SimpleRetriever",
      requester: {
        type: "HttpRequester",
        url_base: url,
        path: `/${name}`,
        authenticator: { type: "BearerAuthenticator", api_token: "{{ config['token'] }}" },
      },
      record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
      ...retriever,
    },
    ...more,
  });
  const paginator = {
    type: "DefaultPaginator",
    pagination_strategy: { type: "PageIncrement" },
    page_token_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "page" },
  };
  const days = {
    type: "DatetimeBasedCursor",
    cursor_field: "at",
    datetime_format: "%Y-%m-%d",
    start_datetime: "2025-01-01",
    end_datetime: "2025-12-31",
    step: "P1D",
    cursor_granularity: "P1D",
    start_time_option: { type: "RequestOption", inject_into: "request_parameter", field_name: "since" },
  };
  const specification = {
    type: "object",
    additionalProperties: false,
    required: ["token"],
    properties: { token: { type: "string", airbyte_secret: true } },
  };
  return file("manifest.yaml", {
    version: "6.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: ["refused"] },
    concurrency_level: { type: "ConcurrencyLevel", default_concurrency: 4 },
    streams: [
      stream("days", { incremental_sync: days }),
      stream("pages", {}, { paginator }),
      stream("refused"),
      stream("late"),
    ],
    spec: { type: "Spec", connection_specification: specification },
  });
}

const token = "t0k/n secr3t!";
const args = (verb: string, url: string, ...more: string[]): string[] => [
  verb,
  "--config",
  file("config.json", { token }),
  "--manifest-path",
  manifest(url),
  ...more,
];
const catalog = (...streams: (string | [string, "incremental"])[]): string =>
  file("catalog.json", configured(...streams));

test("SIGTERM: streams that were begun are incomplete with their state, and there is no error", async () => {
  await using server = await startServer({
    "/days": ({ query }) => slow(json([{ at: query.get("since") }]), 200),
    "/pages": () => slow(json([{ id: 1 }]), 20),
  });
  const read = args("read", server.url, "--catalog", catalog(["days", "incremental"], "pages"));
  const child = start(read);
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  while (server.requestsTo("/days").length < 12 || server.requestsTo("/pages").length < 8) await setTimeout(20);
  child.kill("SIGTERM");
  expect(await ended(child)).toBe(143);

  const result = messagesOf(stdout);
  expect(result.statuses("days")).toEqual(["STARTED", "RUNNING", "INCOMPLETE"]);
  expect(result.statuses("pages")).toEqual(["STARTED", "RUNNING", "INCOMPLETE"]);
  expect(result.of("TRACE").flatMap(({ trace }) => trace.error ?? [])).toEqual([]);
  const states = result.of("STATE").filter(({ state }) => state.stream?.stream_descriptor.name === "days");
  expect(states.at(-1)?.state.stream?.stream_state?.["at"]).toMatch(/^2025-/);
});

test("an API that refuses and repeats the secret: it is nowhere to be seen", async () => {
  const said = `no ${token}, ${encodeURIComponent(token)}, ${JSON.stringify(token)}, ${btoa(`user:${token}`)}`;
  await using server = await startServer({ "/refused": json({ error: said, message: said }, { status: 401 }) });
  for (const verb of ["check", "read"]) {
    const more = verb === "read" ? ["--catalog", catalog("refused")] : [];
    const result = await run(args(verb, server.url, ...more), { LOG_LEVEL: "debug" });
    expect(result.exitCode).toBe(verb === "read" ? 1 : 0);
    const all = result.lines.join("\n") + result.stderr;
    for (const hidden of [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1), "t0k"]) {
      expect(all).not.toContain(hidden);
    }
  }
});

test("a stream that is not there is told of with the nearest name; the others are read", async () => {
  await using server = await startServer({ "/late": json([{ id: 1 }]) });
  const result = await run(args("read", server.url, "--catalog", catalog("lats", "late")));
  expect(result.exitCode).toBe(0);
  expect(result.statuses("lats")).toEqual(["INCOMPLETE"]);
  expect(result.logs()).toContainEqual(expect.stringMatching(/^ERROR .*"lats".*Is "late" meant\?/));
  expect(result.records("late")).toEqual([{ id: 1 }]);
});

test("a stream that fails: its trace, the others, a last trace, exit code 1", async () => {
  await using server = await startServer({ "/refused": status(404), "/late": json([{ id: 1 }]) });
  const result = await run(args("read", server.url, "--catalog", catalog("refused", "late")));
  expect(result.exitCode).toBe(1);
  expect(result.statuses("refused")).toEqual(["STARTED", "INCOMPLETE"]);
  expect(result.statuses("late").at(-1)).toBe("COMPLETE");
  expect(result.of("TRACE").filter(({ trace }) => trace.error !== undefined)).toHaveLength(2);
});

test("a reader that stops reading does not make the source grow, and stops the requests", async () => {
  const page = json(Array.from({ length: 1000 }, (_, id) => ({ id, wide: "x".repeat(1000) })));
  await using server = await startServer({ "/pages": ({ query }) => (query.get("page") === "200" ? json([]) : page) });
  const child = start(args("read", server.url, "--catalog", catalog("pages")));
  const exit = ended(child);
  await once(child.stdout, "data");
  child.stdout.pause();
  let asked: number;
  do {
    asked = server.requests.length;
    await setTimeout(500);
  } while (server.requests.length > asked);
  expect(asked).toBeLessThan(200);
  expect(residentMegabytes(child)).toBeLessThan(200);
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => (bytes += chunk.length)).resume();
  expect(await exit).toBe(0);
  expect(bytes).toBeGreaterThan(190e6);
}, 60_000);
