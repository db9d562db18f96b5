import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printJson } from "../../json/print.ts";
import { json, status, text } from "../../testing/replies.ts";
import { messagesOf } from "../../testing/run-connector.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { runDeclarative } from "../../entrypoint/declarative.ts";
import { runCheck } from "../check.ts";
import { runDiscover } from "../discover.ts";
import { runRead, type ReadArguments } from "../read/run-read.ts";
import { runSpec } from "../spec.ts";
import { connectorFolder, fakePlace } from "./place-for-test.ts";

const api = (): Promise<TestServer> =>
  startServer({
    "/users": ({ headers, query }, count) => {
      if (headers["authorization"] !== "Bearer sesame") return text("no such token", { status: 401 });
      if (query.has("after") && count === 1) return status(503);
      return query.has("after") ? json({ data: [{ id: 3 }] }) : json({ data: [{ id: 1 }, { id: 2 }], next: "x" });
    },
    "/events": ({ query }) => json({ data: [{ id: 1, at: query.get("from") }] }),
  });
const plain = { debug: false };

test("spec is a table for people and a message for programs", async () => {
  await using folder = await connectorFolder({});
  const [people, program] = [fakePlace("terminal"), fakePlace("pipe")];
  expect(await runSpec({ ...plain, target: folder.path }, people)).toBe(0);
  expect(people.terminal.out()).toBe(
    "option  type                      default  what it is\n" +
      "url     string  required                   Where the API is.\n" +
      "token   string  required, secret           A token of the API.\n",
  );
  expect(await runSpec({ ...plain, target: folder.path }, program)).toBe(0);
  expect(messagesOf(program.stdout()).of("SPEC")).toHaveLength(1);
  const one = fakePlace("pipe");
  await runSpec({ ...plain, target: folder.path, format: "json" }, one);
  expect(JSON.parse(one.terminal.out())).toMatchObject({ connectionSpecification: { type: "object" } });
});

test.each([
  ["sesame", 0, "✓ The connection works.\n"],
  ["wrong", 1, "✗ The connection does not work: "],
])("check with the token %s", async (token, exitCode, expected) => {
  await using server = await api();
  await using folder = await connectorFolder({ url: server.url, token });
  const [people, program] = [fakePlace("terminal"), fakePlace("pipe")];
  expect(await runCheck({ ...plain, target: folder.path }, people)).toBe(exitCode);
  expect(people.terminal.out()).toContain(expected);
  expect(await runCheck({ ...plain, target: folder.path }, program)).toBe(0);
  expect(messagesOf(program.stdout()).of("CONNECTION_STATUS")).toHaveLength(1);
});

test("discover is a table, a tree, or a catalog", async () => {
  await using folder = await connectorFolder({ url: "http://127.0.0.1:1", token: "t" });
  const [people, fields, program] = [fakePlace("terminal"), fakePlace("terminal"), fakePlace("pipe")];
  await runDiscover({ ...plain, fields: false, target: folder.path }, people);
  expect(people.terminal.out()).toBe(
    "stream  sync modes                 primary key  cursor  fields\n" +
      "users   full_refresh               id                        2\n" +
      "events  full_refresh, incremental  id           at           2\n\n2 streams.\n",
  );
  await runDiscover({ ...plain, fields: false, stream: ["events"], target: folder.path }, fields);
  expect(fields.terminal.out()).toBe(
    "└─ events  full_refresh, incremental, key id, cursor at\n   ├─ id: integer\n   └─ at: string (date)\n",
  );
  await runDiscover({ ...plain, fields: false, target: folder.path }, program);
  expect(
    messagesOf(program.stdout())
      .of("CATALOG")[0]
      ?.catalog.streams.map(({ name }) => name),
  ).toEqual(["users", "events"]);
});

test("a config that is missing something is told as the connector tells it", async () => {
  await using folder = await connectorFolder({ url: "http://127.0.0.1:1" });
  const people = fakePlace("terminal");
  expect(await runDiscover({ ...plain, fields: false, target: folder.path }, people)).toBe(1);
  expect(people.terminal.err()).toContain("error Config validation error: ");
});

test("a read on a pipe prints what the connector's own command prints, byte for byte but for the times", async () => {
  await using server = await api();
  await using folder = await connectorFolder({ url: server.url, token: "sesame" });
  const catalog = join(folder.path, "catalog.json");
  const found = fakePlace("pipe");
  await runDiscover({ ...plain, fields: false, target: folder.path }, found);
  const streams = messagesOf(found.stdout()).of("CATALOG")[0]!.catalog.streams;
  const configured = streams.map((stream) => ({ stream, sync_mode: "full_refresh", destination_sync_mode: "append" }));
  await writeFile(catalog, JSON.stringify({ streams: configured }));
  const own = fakePlace("pipe");
  const ferry = fakePlace("pipe");
  const config = join(folder.path, "config.json");
  const args = [
    "read",
    "--config",
    config,
    "--catalog",
    catalog,
    "--manifest-path",
    join(folder.path, "manifest.yaml"),
  ];
  expect(await runDeclarative(args, own.surroundings)).toBe(0);
  expect(await runRead({ ...plain, target: folder.path, catalog }, ferry)).toBe(0);
  const bytes = (stdout: string): string[] =>
    stdout
      .replaceAll(/"emitted_at":[\d.]+/g, "")
      .split("\n")
      .sort();
  // The first read met an answer of 503, and says so.
  expect(bytes(ferry.stdout())).toEqual(bytes(own.stdout()).filter((line) => !line.includes("is tried again")));
});

const read = async (args: Partial<ReadArguments>, kind: "terminal" | "pipe" = "terminal", token = "sesame") => {
  await using server = await api();
  await using folder = await connectorFolder({ url: server.url, token });
  const place = fakePlace(kind);
  const exitCode = await runRead({ ...plain, target: folder.path, ...args }, place);
  return {
    exitCode,
    server,
    place,
    out: place.terminal.out(),
    err: place.terminal.err(),
    ...messagesOf(place.stdout()),
  };
};

test("a read for people shows its progress, and what was read", async () => {
  const { exitCode, out, err } = await read({});
  expect(exitCode).toBe(0);
  expect(out).toMatch(/✓ {2}users +3 .*1 +1 s\n✓ {2}events +2 /);
  expect(out).toContain("5 records, 5 requests, ");
  expect(err).toMatch(/users +\d+ records/);
});

test.each([
  [{ limit: 2 }, ["users 2", "events 2"], ["users INCOMPLETE", "events COMPLETE"], ["events"]],
  [{ limit: 1 }, ["users 1", "events 1"], ["users INCOMPLETE", "events INCOMPLETE"], ["events"]],
  [{ pages: 1 }, ["users 2", "events 2"], ["users INCOMPLETE", "events COMPLETE"], ["events"]],
  [{ slices: 1 }, ["users 3", "events 1"], ["users COMPLETE", "events INCOMPLETE"], ["users", "events"]],
  [{ stream: ["events"], since: "2026-02-10" }, ["users 0", "events 1"], ["events COMPLETE"], ["events"]],
])("a read with %j stops there, and keeps no state of what it left out", async (args, counts, statuses, states) => {
  const run = await read(args, "pipe");
  expect(run.exitCode).toBe(0);
  expect(["users", "events"].map((stream) => `${stream} ${run.records(stream).length}`)).toEqual(counts);
  const last = ["users", "events"].flatMap((stream) => {
    const status = run.statuses(stream).at(-1);
    return status === undefined ? [] : [`${stream} ${status}`];
  });
  expect(last).toEqual(statuses);
  const kept = run.of("STATE").flatMap(({ state }) => state.stream?.stream_descriptor.name ?? []);
  expect(new Set(kept)).toEqual(new Set(states));
  if ("since" in args)
    expect(run.server.requestsTo("/events").map(({ query }) => query.get("from"))).toEqual(["2026-02-10"]);
});

test("records are shown where few are read, and a stream that fails is told", async () => {
  const few = await read({ limit: 1, stream: ["users"] });
  expect(few.out).toContain('users {"id":1}\n');
  expect(few.out).toContain("…  users");
  const failed = await read({ stream: ["users"] }, "terminal", "wrong");
  expect(failed.exitCode).toBe(1);
  expect(failed.err).toContain("error users ");
  expect(failed.out).toContain("✗  users");
});

test("what was recorded is played again without a server", async () => {
  await using folder = await connectorFolder({ url: "", token: "sesame" });
  const args = { ...plain, target: folder.path };
  const cassette = join(folder.path, "cassette");
  const recorded = fakePlace("pipe");
  let url = "";
  {
    await using server = await api();
    url = server.url;
    await runRead({ ...args, config: JSON.stringify({ url, token: "sesame" }), record: cassette }, recorded);
  }
  const played = fakePlace("terminal");
  const code = await runRead({ ...args, config: JSON.stringify({ url, token: "sesame" }), replay: cassette }, played);
  expect([code, messagesOf(recorded.stdout()).records("users").length]).toEqual([0, 3]);
  expect(played.terminal.out()).toContain("5 records, 5 requests");
});

test("a new token goes into the file that it came from", async () => {
  await using server = await startServer({
    "POST /token": () => json({ access_token: "a", refresh_token: "second", expires_in: 3600 }),
    "/users": json({ data: [] }),
  });
  await using folder = await connectorFolder({
    url: server.url,
    client: "${env:FERRY_TEST_CLIENT}",
    token: "${file:token.txt}",
    kept: 12345678901234567890n,
  });
  await writeFile(join(folder.path, "token.txt"), "first\n");
  await writeFile(join(folder.path, ".env"), "FERRY_TEST_CLIENT=me\n");
  const { readFile } = await import("node:fs/promises");
  const manifest = await readFile(join(folder.path, "manifest.yaml"), "utf8");
  const oauth = `{ type: OAuthAuthenticator, token_refresh_endpoint: "{{ config['url'] }}/token", grant_type: refresh_token,
      client_id: "{{ config['client'] }}", client_secret: s, refresh_token: "{{ config['token'] }}",
      refresh_token_updater: { refresh_token_config_path: [token], access_token_config_path: [access], token_expiry_date_config_path: [expiry] } }`;
  await writeFile(
    join(folder.path, "manifest.yaml"),
    manifest.replace(`{ type: BearerAuthenticator, api_token: "{{ config['token'] }}" }`, oauth),
  );
  const place = fakePlace("pipe");
  expect(await runCheck({ ...plain, target: folder.path }, place)).toBe(0);
  expect(messagesOf(place.stdout()).of("CONNECTION_STATUS")[0]?.connectionStatus.status).toBe("SUCCEEDED");
  expect(await readFile(join(folder.path, "token.txt"), "utf8")).toBe("second\n");
  const config = JSON.parse(await readFile(join(folder.path, "config.json"), "utf8")) as object;
  expect(config).toMatchObject({ client: "${env:FERRY_TEST_CLIENT}", token: "${file:token.txt}", access: "a" });
  expect(await readFile(join(folder.path, "config.json"), "utf8")).toContain(
    `"kept": ${printJson(12345678901234567890n)}`,
  );
});
