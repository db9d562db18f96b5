import { execFile, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { groups } from "../packages/cdk/src/cli/groups.ts";
import { main } from "../packages/cdk/src/cli/main.ts";
import { json } from "../packages/cdk/src/testing/replies.ts";
import { startServer, type TestServer } from "../packages/cdk/src/testing/server.ts";

vi.mock("node:dgram", { spy: true });
vi.mock("node:dns", { spy: true });

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ferry-quiet-"));
const at = (name: string): string => join(folder, name);
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ "/items": json({ data: [{ id: 1 }] }), "/token": json({ access_token: "a" }) });
  const flow = {
    oauth_connector_input_specification: {
      consent_url: `${server.url}/sign-in`,
      access_token_url: `${server.url}/token`,
    },
    complete_oauth_output_specification: { properties: { token: { path_in_oauth_response: ["access_token"] } } },
  };
  const manifest = {
    version: "7.0.0",
    type: "DeclarativeSource",
    check: { type: "CheckStream", stream_names: ["items"] },
    streams: [
      {
        type: "DeclarativeStream",
        name: "items",
        primary_key: ["id"],
        schema_loader: {
          type: "InlineSchemaLoader",
          schema: { type: "object", properties: { id: { type: "integer" } } },
        },
        retriever: {
          type: "SimpleRetriever",
          requester: { type: "HttpRequester", url_base: server.url, path: "/items" },
          record_selector: { type: "RecordSelector", extractor: { type: "DpathExtractor", field_path: ["data"] } },
        },
      },
    ],
    spec: {
      type: "Spec",
      connection_specification: { type: "object", properties: { token: { type: "string" } } },
      advanced_auth: { auth_flow_type: "oauth2.0", oauth_config_specification: flow },
    },
  };
  await cp(join(root, "templates/manifest"), at("template"), { recursive: true });
  await writeFile(at("manifest.yaml"), JSON.stringify(manifest));
  await writeFile(at("config.json"), '{"token":"t","client_id":"me"}');
  await writeFile(
    at("state.json"),
    '[{"type":"STREAM","stream":{"stream_descriptor":{"name":"items"},"stream_state":{}}}]',
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const NOTHING = "nothing";
const API = "the API";
/** A command line of each group, its exit code, and what it may connect to; X stands for the connector, T for a template's. */
const lines: readonly (readonly [line: string, code: number, to: typeof NOTHING | typeof API])[] = [
  ["auth status X", 0, NOTHING],
  ["auth login X --timeout 0.01", 1, NOTHING],
  ["bundle X --out X/bundle", 0, NOTHING],
  ["capabilities", 0, NOTHING],
  ["cassette show T/cassette", 0, NOTHING],
  ["cassette diff T/cassette T/cassette", 0, NOTHING],
  ["check X", 0, API],
  ["dev T --once", 0, NOTHING],
  ["discover X", 0, NOTHING],
  ["docs X", 0, NOTHING],
  ["docs X --out X/docs", 0, NOTHING],
  ["image build X --base oci:X/none", 1, NOTHING],
  ["manifest validate X/manifest.yaml", 0, NOTHING],
  ["manifest resolve X/manifest.yaml", 0, NOTHING],
  ["manifest explain X/manifest.yaml streams.items", 0, NOTHING],
  ["manifest migrate X/manifest.yaml", 0, NOTHING],
  ["manifest schema", 0, NOTHING],
  ["metadata init X --name source-quiet", 0, NOTHING],
  ["new source-quiet --dir X/new", 0, NOTHING],
  ["plan X", 0, NOTHING],
  ["publish X --no-push --tag localhost:1/a:1 --airbyte U", 1, API],
  ["read X", 0, API],
  ["read X --har X/all.har --out X/out --out-format parquet", 0, API],
  ["read X --record X/tape", 0, API],
  ["read X --replay X/tape", 0, NOTHING],
  ["schema infer X --replay X/tape", 0, NOTHING],
  ["schema diff X --replay X/tape", 0, NOTHING],
  ["serve --port 0", 0, NOTHING],
  ["spec X", 0, NOTHING],
  ["state show X/state.json", 0, NOTHING],
  ["state validate X/state.json X", 0, NOTHING],
  ["test T", 0, NOTHING],
  ["types X", 0, NOTHING],
];

/** Of a group that has no line above it is tried that it is loaded. */
const others = Object.keys(groups)
  .filter((name) => !lines.some(([line]) => line.split(" ")[0] === name))
  .map((name) => [`${name} --help`, 0, NOTHING] as const);
const pipe = [...lines, ...others].map((line) => [...line, "pipe"] as const);
const terminal = lines.filter(([line]) => /^(?:spec|check|discover|plan|read) X$/.test(line));

test.each([...pipe, ...terminal.map((line) => [...line, "terminal"] as const)])(
  "ferry %s connects to nothing but what it is about (exit code %i, %s, %s)",
  async (line, code, to, kind) => {
    const wasTerminal = process.stdout.isTTY;
    const reached = watchSockets();
    const printed = silence(line.startsWith("serve"));
    const argv = line.split(" ").map((word) =>
      word
        .replace(/^U$/, server.url)
        .replace(/^X(?=\/|$)/, folder)
        .replace(/^T(?=\/|$)/, at("template")),
    );
    try {
      process.exitCode = undefined;
      process.stdout.isTTY = kind === "terminal";
      expect([await main(argv), printed()]).toEqual([code, expect.anything()]);
    } finally {
      process.stdout.isTTY = wasTerminal;
      process.exitCode = undefined;
    }
    const api = server.url.replace("http://", "");
    expect([...reached].sort()).toEqual(to === API ? [api] : []);
    expect(createSocket).not.toHaveBeenCalled();
    const names = vi.mocked(lookup).mock.calls.map(([name]) => name);
    expect(names.filter((name) => name !== "127.0.0.1")).toEqual([]);
  },
);

/** What something connects to, over TCP, TLS or a pipe. */
function watchSockets(): Set<string> {
  const seen = new Set<string>();
  const connect = Socket.prototype.connect;
  vi.mocked(lookup).mockClear();
  vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as { host?: string; port?: number | string; path?: string }[];
    seen.add(`${first?.path ?? first?.host ?? ""}:${String(first?.port ?? "")}`);
    return Reflect.apply(connect, this, args) as Socket;
  });
  return seen;
}

/** Keeps what is printed; tells a server to end once it says that it listens. */
function silence(isServer: boolean): () => string {
  let text = "";
  vi.spyOn(console, "log").mockImplementation((line) => void (text += String(line))); // how yargs prints its help
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk, ...rest: unknown[]) => {
      text += String(chunk);
      if (isServer && text.includes("Listening")) setImmediate(() => process.emit("SIGTERM"));
      (rest.find((argument) => typeof argument === "function") as (() => void) | undefined)?.();
      return true;
    });
  }
  return () => text;
}

const run = promisify(execFile);
const canUnshare = spawnSync("unshare", ["-rn", "true"]).status === 0;

/** The command as it is installed, where there is no network at all, not even that of this machine. */
test.runIf(canUnshare)("what needs no API works where there is no network", async () => {
  const ferry = `"${process.execPath}" "${root}/packages/cdk/bin/ferry.mjs"`;
  const script = `test -z "$(grep -v -e Inter -e face -e lo: /proc/net/dev)" && ${ferry} test "${at("template")}" && ${ferry} plan "${folder}"`;
  const { stdout } = await run("unshare", ["-rn", "/bin/sh", "-c", script]);
  expect(stdout).toContain(`"url":"${server.url}/items"`);
  expect(readFileSync(at("manifest.yaml"), "utf8")).toContain("items");
});
