import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { json, startServer } from "../../testing/index.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { runDev, type DevArguments } from "./run-dev.ts";

const root = mkdtempSync(join(tmpdir(), "ferry-dev-test-"));
vi.stubEnv("XDG_CACHE_HOME", join(root, "cache"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const plain = { live: false, limit: 1000, once: false };

/** `ferry dev` on a folder; `after` does something, and gives what is printed until it waits again. */
function dev(target: string, kind: "terminal" | "pipe", more: Partial<DevArguments> = {}) {
  const terminal = fakeTerminal(kind);
  const stop = new AbortController();
  let seen = 0;
  let tell: () => void;
  let waiting = new Promise<void>((resolve) => (tell = resolve));
  const ended = runDev({ ...plain, target, ...more }, terminal, { signal: stop.signal, onWaiting: () => tell() });
  return {
    terminal,
    async after(what: () => void = () => undefined): Promise<string> {
      what();
      await Promise.race([waiting, ended]);
      waiting = new Promise((resolve) => (tell = resolve));
      const text = terminal.out().slice(seen);
      seen = terminal.out().length;
      return text.replaceAll(root, "");
    },
    async end(): Promise<number> {
      stop.abort();
      return ended;
    },
  };
}

test("what a save changes is read again and compared; what is wrong is shown where it stands", async () => {
  const folder = join(root, "manifest");
  cpSync(fileURLToPath(new URL("../../../../../templates/manifest", import.meta.url)), folder, { recursive: true });
  const file = join(folder, "manifest.yaml");
  const first = readFileSync(file, "utf8");
  const { after, end } = dev(folder, "terminal");
  expect(await after()).toMatch(
    /^manifest {2}from \/manifest\/cassette\n✓ customers {2}3 records, 2 requests\n✓ orders {2}4 records, 2 requests\n2 streams read {2}/,
  );

  const added = "transformations: [{ type: AddFields, fields: [{ path: [plan], value: gold }] }]";
  const changed = first.replace("    name: orders", `    name: orders\n    ${added}`);
  expect(await after(() => writeFileSync(file, changed))).toMatch(`
● manifest.yaml
~ orders  4 records, 2 requests
  records
    + plan: "gold"  in 4 records
  types
    + plan: string
1 stream read, 1 left as it is  `);

  const wrong = changed.replace("type: RecordSelector", "type: RecordSelectr");
  const told = await after(() => writeFileSync(file, wrong));
  const line = 1 + wrong.split("\n").findIndex((text) => text.includes("RecordSelectr"));
  expect(told).toContain(`manifest.yaml:${line}:13 error: There is no type RecordSelectr.`);
  expect(told).toContain(`> ${line} |       type: RecordSelectr\n`);
  expect(told).toContain("1 error; nothing was read\n");

  // As editors do that write beside and rename.
  const mended = await after(() => {
    writeFileSync(join(folder, ".manifest.yaml.swp"), changed);
    renameSync(join(folder, ".manifest.yaml.swp"), file);
  });
  expect(mended).toMatch(/^\n● manifest\.yaml\n0 streams read, 2 left as they are/);

  const unrecorded = await after(() => writeFileSync(file, changed.replace("page_size: 100", "page_size: 50")));
  expect(unrecorded).toContain(
    [
      "✗ customers  0 records, 1 request",
      "    GET https://api.example.com/v1/customers?limit=50 is not recorded in /manifest/cassette.",
      "    The nearest that is:",
      "      read/0001-get-v1-customers.yaml: GET https://api.example.com/v1/customers?limit=100",
      '        query limit: "100" was recorded, "50" is asked now',
    ].join("\n"),
  );
  expect(unrecorded).toContain("    With --live it is asked, and the answer recorded.\n");
  expect(unrecorded).not.toContain("During the sync");

  // The next difference is to what was read without an error.
  expect(await after(() => writeFileSync(file, first))).toMatch(`= customers  3 records, 2 requests  as before
~ orders  4 records, 2 requests
  records
    - plan: "gold"  in 4 records`);

  const exchange = join(folder, "cassette/read/0001-get-v1-customers.yaml");
  const recorded = readFileSync(exchange, "utf8");
  expect(await after(() => writeFileSync(exchange, recorded.replace("Ann", "Anna")))).toContain(
    '~ name: "Ann" → "Anna"  in {"id":1}',
  );
  expect(await end()).toBe(0);
});

test("a source in code and its config, as events", async () => {
  const folder = join(root, "code");
  for (const path of ["src", "cassette/read"]) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"name":"source-of-code"}');
  writeFileSync(join(folder, "config.json"), '{"word":"one"}');
  writeFileSync(
    join(folder, "cassette/read/recording.json"),
    '{"started_at":"2026-03-01T10:00:00.000Z","ended_at":"2026-03-01T10:00:09.000Z"}',
  );
  const exchange = (word: string): string =>
    JSON.stringify({
      request: { method: "GET", url: `https://a.test/${word}` },
      response: { status: 200, body: "[]" },
    });
  for (const word of ["one", "two"]) writeFileSync(join(folder, `cassette/read/${word}.yaml`), exchange(word));
  const code = `
const data = (n: number) => ({ n });
const rows = (list: object[]) => ({ stream: "a", batch: { length: list.length, text: (i: number) => JSON.stringify(list[i]) } });
export const source = {
  spec: async () => ({ connectionSpecification: { type: "object" } }),
  check: async () => ({ status: "SUCCEEDED" }),
  discover: async () => ({ streams: [{ name: "a", json_schema: {}, supported_sync_modes: ["full_refresh"] }] }),
  read: async function* (config: { word: string }) {
    process.stdout.write("from the code\\n");
    await fetch("https://a.test/" + config.word);
    yield rows([data(1)]);
  },
};`;
  const file = join(folder, "src/source.ts");
  writeFileSync(file, code);
  const { after, end, terminal } = dev(folder, "pipe");
  const events = (text: string): Record<string, unknown>[] =>
    text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Record<string, unknown>]));
  expect(events(await after())).toEqual([
    { event: "stream", stream: "a", records: 1, requests: 0, errors: [] },
    expect.objectContaining({ event: "round", round: 1, saved: [], read: ["a"], unchanged: [] }),
  ]);
  const changed = code.replace("data(1)", "data(2)");
  const [stream, round] = events(await after(() => writeFileSync(file, changed)));
  expect(stream).toMatchObject({ differences: { records: { added: [{ n: 2 }], removed: [{ n: 1 }] } } });
  expect(round).toMatchObject({ round: 2, saved: ["src/source.ts"] });
  const [again, last] = events(await after(() => writeFileSync(join(folder, "config.json"), '{"word":"two"}')));
  expect(again).toMatchObject({ differences: { records: { added: [], changed: [] } } });
  expect(last).toMatchObject({
    other_requests: {
      added: [{ method: "GET", url: "https://a.test/two" }],
      removed: [{ method: "GET", url: "https://a.test/one" }],
    },
  });
  expect(terminal.err()).toBe("from the code\n".repeat(3));
  const [error] = events(await after(() => writeFileSync(file, code.replace("data(1)", "data(1"))));
  expect(error).toMatchObject({ event: "error", message: expect.stringContaining("source.ts:11:") as string });
  expect(await end()).toBe(0);
});

test("live, what the cassette does not know is asked and recorded; then no server is needed", async () => {
  const folder = join(root, "live");
  mkdirSync(folder);
  const server = await startServer({ "/users": ({ query }) => json([{ id: 1, page: query.get("page") ?? "none" }]) });
  const manifest = (parameters: string): string => `
version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    primary_key: id
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
    retriever:
      type: SimpleRetriever
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      requester: { type: HttpRequester, url: ${server.url}/users, request_parameters: { ${parameters} } }
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
`;
  const file = join(folder, "manifest.yaml");
  const once = async (parameters: string, live: boolean): Promise<[number, string]> => {
    writeFileSync(file, manifest(parameters));
    const terminal = fakeTerminal("terminal");
    const code = await runDev({ ...plain, once: true, live, target: folder }, terminal, {
      signal: new AbortController().signal,
    });
    return [code, terminal.out().replaceAll(root, "")];
  };
  const [without, advice] = await once("", false);
  expect([without, advice]).toEqual([1, expect.stringContaining("--live asks the API, and records it.")]);
  expect((await once("", true))[1]).toContain("1 answer recorded in /live/cassette/read");
  expect((await once("page: '2'", true))[1]).toContain("1 answer recorded in /live/cassette/live");
  expect((await once("page: '2'", true))[1]).not.toContain("recorded");
  await server.close();
  for (const parameters of ["", "page: '2'"]) expect((await once(parameters, false))[0]).toBe(0);
  expect(server.requests).toHaveLength(2);
  expect(readdirSync(join(folder, "cassette"))).toEqual(["live", "read"]);
});
