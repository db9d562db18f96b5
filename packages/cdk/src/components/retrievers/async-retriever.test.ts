import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { isObject, type Json, type JsonObject } from "../../json/value.ts";
import {
  configured,
  json,
  runConnector,
  startServer,
  text,
  type ConnectorRun,
  type Reply,
} from "../../testing/index.ts";

type Answer = readonly [status: number, headers: Record<string, string>, body: string | { readonly base64: string }];

/** What the reference did with a stream of jobs; see make-jobs.py. */
interface Row extends JsonObject {
  about: string;
  manifest: JsonObject;
  catalog: JsonObject;
  state: Json[];
  config: JsonObject;
  script: JsonObject;
  records: JsonObject;
  statuses: JsonObject;
  final: JsonObject;
  errors: [string | null, string][];
  code: number;
  asked: string[];
}
const table = parseJson(readFileSync("test/tables/jobs.json", "utf8")) as { rows: Row[] } & JsonObject; // its script's shape

/** Hours pass in seconds: the clock of waits runs ahead, while requests go over a real network. */
const ahead = 400;
let clockwork: NodeJS.Timeout;
beforeEach(() => {
  const { setInterval } = globalThis;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  clockwork = setInterval(() => vi.advanceTimersByTime(ahead), 2);
});
afterEach(() => {
  clearInterval(clockwork);
  vi.useRealTimers();
});

async function play(row: Row): Promise<ConnectorRun & { readonly asked: string[] }> {
  const counts = new Map<string, number>();
  const asked: string[] = [];
  await using server = await startServer(({ method, target, body }): Reply => {
    const sent = body.length === 0 ? "" : JSON.stringify(JSON.parse(body.toString())).replace(/([:,])"/g, '$1 "');
    const key = `${method} ${target} ${sent}`.trim();
    asked.push(key);
    const answers = row.script[key] as unknown as readonly Answer[] | undefined; // as the script of the table has it
    if (answers === undefined) return text(`no answer for ${key}`, { status: 404 });
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const [status, headers, content] = answers[Math.min(count, answers.length - 1)]!;
    const whole = typeof content === "string" ? content.replaceAll("http://mock.test", server.url) : content;
    return text(typeof whole === "string" ? whole : Buffer.from(whole.base64, "base64"), { status, headers });
  });
  const manifest = parseJson(printJson(row.manifest).replaceAll("http://mock.test", server.url)) as JsonObject;
  const { config, catalog, state } = row;
  const run = await runConnector(undefined, ["read"], { manifest, config, catalog, state });
  return { ...run, asked };
}

/** Where Ferry asks for more: the reference starts another job in place of one that ran too long, and lets that one run on. */
const more: Readonly<Record<string, string>> = { "a job that runs too long": "POST /abort/1" };

const sorted = (records: Json): string[] => (records as readonly Json[]).map((record) => printJson(record)).sort();

test.each(table.rows.map((row) => [row.about, row] as const))("as the reference: %s", async (_, row) => {
  const run = await play(row);
  for (const { stream } of row.catalog["streams"] as unknown as { stream: { name: string } }[]) {
    expect(sorted(run.records(stream.name))).toEqual(sorted(row.records[stream.name] ?? []).map(withoutNulls));
    expect(run.statuses(stream.name)).toEqual(row.statuses[stream.name]);
    const states = run.of("STATE").filter(({ state }) => state.stream?.stream_descriptor.name === stream.name);
    expect(timeless(states.at(-1)?.state.stream?.stream_state ?? null)).toEqual(
      timeless(row.final[stream.name] ?? null),
    );
  }
  expect(run.exitCode).toBe(row.code);
  expect([...new Set(run.asked)].sort()).toEqual([...row.asked, ...[more[row.about] ?? []].flat()].sort());
  const errors = run.of("TRACE").flatMap(({ trace: { error } }) =>
    // The reference's last error, which sums up, comes where the table does not look.
    error === undefined || error.message.startsWith("During the sync")
      ? []
      : [[error.stream_descriptor?.name ?? null, error.failure_type]],
  );
  expect(errors.sort()).toEqual(row.errors.map((error) => [...error]).sort());
});

const streamOf = (url: string, name: string, path: string, more: JsonObject): JsonObject => ({
  type: "DeclarativeStream",
  name,
  schema_loader: { type: "InlineSchemaLoader", schema: {} },
  retriever: {
    type: "AsyncRetriever",
    record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
    status_mapping: { running: ["running"], completed: ["done"], failed: [], timeout: [] },
    status_extractor: { type: "DpathExtractor", field_path: ["status"] },
    creation_requester: { type: "HttpRequester", url: `${url}${path}`, http_method: "POST" },
    polling_requester: { type: "HttpRequester", url: `${url}/poll/{{ creation_response.id }}`, http_method: "GET" },
    download_requester: { type: "HttpRequester", url: `${url}/files/{{ creation_response.id }}`, http_method: "GET" },
    ...more,
  },
});
const manifestOf = (streams: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  version: "7.0.0",
  type: "DeclarativeSource",
  spec: { type: "Spec", connection_specification: { type: "object" } },
  check: { type: "CheckStream", stream_names: [streams[0]!["name"]!] },
  streams,
  ...more,
});

test("children of a stream of jobs share its one slot", async () => {
  let running = 0;
  let most = 0;
  await using server = await startServer(({ method, target }, count) => {
    if (method === "POST") {
      most = Math.max(most, ++running);
      return json({ id: target.slice(1) });
    }
    if (target.startsWith("/poll/")) {
      if (count % 3 === 0) return json({ status: "running" });
      running--;
      return json({ status: "done" });
    }
    return json(target === "/files/parents" ? [{ id: "x" }, { id: "y" }] : [{ at: target }]);
  });
  const parent = streamOf(server.url, "parents", "/parents", {});
  const child = streamOf(server.url, "children", "/{{ stream_partition.of }}", {
    partition_router: {
      type: "SubstreamPartitionRouter",
      parent_stream_configs: [{ type: "ParentStreamConfig", parent_key: "id", partition_field: "of", stream: parent }],
    },
  });
  const run = await runConnector(undefined, ["read"], {
    manifest: manifestOf([child]),
    config: {},
    catalog: configured("children"),
  });
  expect(run.records("children")).toEqual([{ at: "/files/x" }, { at: "/files/y" }]);
  expect(most).toBe(1);
  expect(run.exitCode).toBe(0);
});

test("a stream whose jobs take long keeps no other stream waiting", async () => {
  const done: string[] = [];
  await using server = await startServer(({ method, target }) => {
    if (method === "POST") return json({ id: "1" });
    if (target.startsWith("/poll/")) return json({ status: done.length === 3 ? "done" : "running" });
    if (target.startsWith("/quick")) done.push(target);
    return json([{ id: 1 }]);
  });
  const quick = ["/quick1", "/quick2", "/quick3"].map((path): JsonObject => ({
    type: "DeclarativeStream",
    name: path.slice(1),
    schema_loader: { type: "InlineSchemaLoader", schema: {} },
    retriever: {
      type: "SimpleRetriever",
      requester: { type: "HttpRequester", url: `${server.url}${path}`, http_method: "GET" },
      record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: [] } },
    },
  }));
  const slow = streamOf(server.url, "slow", "/slow", {});
  // One place for the making of slices, which the first stream would hold until its job is done.
  const manifest = manifestOf([slow, ...quick], {
    concurrency_level: { type: "ConcurrencyLevel", default_concurrency: 2 },
  });
  const catalog = configured("slow", "quick1", "quick2", "quick3");
  const run = await runConnector(undefined, ["read"], { manifest, config: {}, catalog });
  expect(run.exitCode).toBe(0);
  expect(run.records("slow")).toEqual([{ id: 1 }]);
  expect(run.statuses("slow")).toEqual(["STARTED", "RUNNING", "COMPLETE"]);
});

test("check reads one job's records and aborts the others", async () => {
  await using server = await startServer(({ method, target }) => {
    if (method === "POST") return json({ id: target.split("/").at(-1) });
    if (target.startsWith("/poll/")) return json({ status: target.endsWith("a") ? "done" : "running" });
    return json([{ id: 1 }]);
  });
  const stream = streamOf(server.url, "things", "/jobs/{{ stream_partition.of }}", {
    partition_router: { type: "ListPartitionRouter", values: ["a", "b"], cursor_field: "of" },
    abort_requester: {
      type: "HttpRequester",
      url: `${server.url}/abort/{{ creation_response.id }}`,
      http_method: "POST",
    },
  });
  const manifest = manifestOf([stream], { max_concurrent_async_job_count: 2 });
  const run = await runConnector(undefined, ["check"], { manifest, config: {} });
  expect(run.of("CONNECTION_STATUS")[0]!.connectionStatus.status).toBe("SUCCEEDED");
  expect(server.requestsTo("/abort/b")).toHaveLength(1);
});

/** The API of the tests below: each job brings what its path names. */
const results: Readonly<Record<string, Json>> = {
  "/schema": [{ fields: [{ name: "id", type: "integer" }] }],
  "/names": [{ name: "one" }, { name: "two" }],
  "/things": [{ id: 1 }],
};
const api = (): ReturnType<typeof startServer> =>
  startServer(({ method, target }) => {
    if (method === "POST") return json({ id: target.slice(1) });
    return json(target.startsWith("/poll/") ? { status: "done" } : results[target.replace("/files", "")]);
  });

test("a schema is read from a job", async () => {
  await using server = await api();
  const loader: JsonObject = {
    type: "DynamicSchemaLoader",
    retriever: streamOf(server.url, "", "/schema", {})["retriever"]!,
    schema_type_identifier: { schema_pointer: ["fields"], key_pointer: ["name"], type_pointer: ["type"] },
  };
  const manifest = manifestOf([{ ...streamOf(server.url, "things", "/things", {}), schema_loader: loader }]);
  const found = await runConnector(undefined, ["discover"], { manifest, config: {} });
  expect(found.of("CATALOG")[0]!.catalog.streams[0]!.json_schema).toMatchObject({
    properties: { id: { type: ["null", "integer"] } },
  });
  const run = await runConnector(undefined, ["read"], { manifest, config: {}, catalog: configured("things") });
  expect(run.records("things")).toEqual([{ id: 1 }]);

  const partitioned = {
    ...(loader["retriever"] as JsonObject),
    partition_router: { type: "ListPartitionRouter", values: ["a"], cursor_field: "x" },
  };
  const wrong = manifestOf([
    { ...streamOf(server.url, "things", "/things", {}), schema_loader: { ...loader, retriever: partitioned } },
  ]);
  const refusal = await runConnector(undefined, ["discover"], { manifest: wrong, config: {} });
  expect(refusal.lines.join()).toContain("the other partitions' jobs would run for nothing");
});

test("streams are made of the records of a job", async () => {
  await using server = await api();
  const manifest: JsonObject = {
    ...manifestOf([streamOf(server.url, "things", "/things", {})]),
    dynamic_streams: [
      {
        type: "DynamicDeclarativeStream",
        stream_template: streamOf(server.url, "", "/things", {}),
        components_resolver: {
          type: "HttpComponentsResolver",
          retriever: streamOf(server.url, "", "/names", {})["retriever"]!,
          components_mapping: [
            { type: "ComponentMappingDefinition", field_path: ["name"], value: "{{ components_values['name'] }}" },
          ],
        },
      },
    ],
  };
  const run = await runConnector(undefined, ["read"], { manifest, config: {}, catalog: configured("one", "two") });
  expect([run.records("one"), run.records("two")]).toEqual([[{ id: 1 }], [{ id: 1 }]]);
});

const refused: [string, JsonObject, string][] = [
  [
    "places without an extractor",
    { download_target_requester: { type: "HttpRequester", url: "http://x", http_method: "GET" } },
    "but no download_target_extractor",
  ],
  [
    "a word that means two things",
    { status_mapping: { running: ["x"], completed: ["x"], failed: [], timeout: [] } },
    'says that "x" is both running and completed',
  ],
  ["a timeout that is no number", { polling_job_timeout: "{{ 'soon' }}" }, 'polling_job_timeout comes to "soon"'],
  [
    "a wait of less than nothing",
    { failed_retry_wait_time_in_seconds: "{{ -1 }}" },
    "failed_retry_wait_time_in_seconds is -1",
  ],
];
test.each(refused)("refused: %s", async (_, spec, message) => {
  const manifest = manifestOf([streamOf("http://127.0.0.1:1", "things", "/jobs", spec)]);
  const run = await runConnector(undefined, ["read"], { manifest, config: {}, catalog: configured("things") });
  expect(run.exitCode).toBe(1);
  expect(
    run
      .of("TRACE")
      .map(({ trace }) => trace.error?.message)
      .join(),
  ).toContain(message);
});

/** The output leaves top-level nulls out. */
function withoutNulls(record: string): string {
  const value = parseJson(record);
  return isObject(value)
    ? printJson(Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)))
    : record;
}

function timeless(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state), (key, value: unknown) => (key === "lookback_window" ? 0 : value)) as unknown;
}
