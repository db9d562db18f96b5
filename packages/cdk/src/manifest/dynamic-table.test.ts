import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDeclarativeSource } from "../declarative-source.ts";
import { parseJson } from "../json/parse.ts";
import { printJson } from "../json/print.ts";
import { get, type Json, type JsonObject } from "../json/value.ts";
import type { Source } from "../source.ts";
import { json, startServer, type TestServer } from "../testing/index.ts";
import { configured, runConnector, type ConnectorRun } from "../testing/run-connector.ts";

/** What a verb came to in the reference: a status, streams, or records by stream, where it did not fail. */
interface Outcome {
  readonly exit: number;
  readonly status?: string;
  readonly streams?: readonly { name: string; json_schema: JsonObject; source_defined_primary_key: Json }[];
  readonly records?: JsonObject;
  readonly requests: readonly string[];
}
interface Row {
  readonly name: string;
  readonly config: JsonObject;
  readonly manifest: JsonObject;
  readonly check?: Outcome;
  readonly discover: Outcome;
  readonly read?: Outcome;
}
const file = new URL("../../../../test/tables/dynamic.json", import.meta.url);
const table = parseJson(readFileSync(file, "utf8")) as unknown as {
  readonly host: string;
  readonly answers: JsonObject;
  readonly rows: readonly Row[];
}; // what make-dynamic.py writes

let server: TestServer;
beforeAll(async () => {
  server = await startServer(({ path }) => {
    const answer = get(table.answers, path) ?? [404, {}];
    const [status, body] = answer as readonly Json[];
    return typeof status === "number" ? json(body ?? null, { status }) : json(answer);
  });
});
afterAll(() => server.close());

/** The source of a row, one for all verbs: its language is the dearest part of a run. */
const sources = new Map<Row, Source>();
function sourceOf(row: Row): Source {
  let source = sources.get(row);
  if (source === undefined) {
    const text = printJson(row.manifest).replaceAll(table.host, server.url);
    sources.set(row, (source = createDeclarativeSource({ manifest: parseJson(text) as JsonObject })));
  }
  return source;
}

/** Runs a verb, and gives with what came of it the requests that it made. */
async function run(verb: string, row: Row, catalog?: JsonObject): Promise<Run> {
  const before = server.requests.length;
  const result = await runConnector(sourceOf(row), [verb], { config: row.config, ...(catalog && { catalog }) });
  const requests = [...new Set(server.requests.slice(before).map(({ target }) => target))].sort();
  return { ...result, requests };
}
type Run = ConnectorRun & { readonly requests: readonly string[] };

/** Here the reference fails with a traceback: texts that are no YAML are taken as they are, and a null as nothing. */
const better: ReadonlySet<string> = new Set([
  "value %Y-%m-%d as string by parameters",
  "value ' as string by parameters",
  "value {{ stream_template_config['name'] }}! as None by config",
  "value {{ stream_template_config['name'] }}! as None by parameters",
  "value ~ as string by parameters",
]);
const rows = table.rows.filter(({ name }) => !better.has(name)).map((row) => [row.name, row] as const);

describe.each(rows)("%s", (_, row) => {
  test.skipIf(row.check === undefined)("check", async () => {
    const expected = row.check!;
    const { of, exitCode, requests } = await run("check", row);
    const status = of("CONNECTION_STATUS").map(({ connectionStatus }) => connectionStatus.status);
    expect({ exit: exitCode, status }).toEqual({ exit: expected.exit, status: [expected.status ?? "FAILED"] });
    // Streams are tried side by side, so that others were asked for when one fails.
    if (expected.status === "SUCCEEDED") expect(requests).toEqual(expected.requests);
    else expect(requests).toEqual(expect.arrayContaining([...expected.requests]) as unknown);
  });

  test("discover", async () => {
    const { of, exitCode, requests } = await run("discover", row);
    expect({ exit: exitCode, requests }).toEqual({ exit: row.discover.exit, requests: row.discover.requests });
    const streams = of("CATALOG").flatMap(({ catalog }) => catalog.streams);
    const found = streams.map(({ name, json_schema, source_defined_primary_key }) => {
      return { name, json_schema, source_defined_primary_key: source_defined_primary_key ?? null };
    });
    expect(found).toEqual(row.discover.streams ?? []);
  });

  test.skipIf(row.read === undefined)("read", async () => {
    const names = (row.discover.streams ?? []).map(({ name }) => name);
    const { records, exitCode, requests } = await run("read", row, configured(...names));
    const read = new Map(names.map((name) => [name, records(name)]));
    const found = Object.fromEntries([...read].filter(([, all]) => all.length > 0));
    expect({ exit: exitCode, records: found, requests }).toEqual(row.read);
  });
});

test.each(table.rows.filter(({ name }) => better.has(name)).map((row) => [row.name, row] as const))(
  "%s works",
  async (_, row) => {
    expect((await run("discover", row)).exitCode).toBe(0);
  },
);
