/** Each command of ferry, on a pseudo-terminal for people and on a pipe for programs: two processes in all. */
import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { json, startServer, type TestServer } from "ferry-cdk/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { groups } from "../packages/cdk/src/cli/groups.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ferry-every-command-"));
const execute = promisify(execFile);
const hasScript = existsSync("/usr/bin/script");

const connector = join(folder, "connector");
const config = join(connector, "test/config.json");
const cassette = join(connector, "cassette");
const manifest = join(connector, "manifest.yaml");
const oauth = join(folder, "oauth.yaml");
const state = join(folder, "state.json");
const engine = join(folder, "engine");
const taped = [connector, "--config", config, "--replay", cassette];

interface Row {
  /** `{own}` is a folder of the run's own, `{platform}` the address of an Airbyte. */
  readonly argv: readonly string[];
  /** What is printed when Ctrl-C is pressed, for what does not end by itself: on a terminal, and on a pipe. */
  readonly until?: readonly [string, string];
  /** What people see, colours and all. */
  readonly people: string;
  /** What programs read: stdout is JSON in lines, one JSON value, or a text that holds this. */
  readonly program: "lines" | "value" | RegExp;
}

const [bold, green] = [(text: string) => `\x1b[1m${text}`, (text: string) => `\x1b[32m${text}`];
const described: Readonly<Record<string, Row>> = {
  auth: {
    argv: ["auth", "status", oauth, "--config", '{"credentials":{"access_token":"a secret"}}'],
    people: green("set"),
    program: "value",
  },
  bundle: { argv: ["bundle", connector, "--out", "{own}/bundle"], people: bold("source-"), program: "value" },
  capabilities: { argv: ["capabilities"], people: "yes  AddFields", program: /^yes {2}AddFields$/m },
  cassette: { argv: ["cassette", "show", cassette], people: bold("check"), program: "value" },
  check: { argv: ["check", ...taped], people: `${green("✓")}\x1b[39m The connection works.`, program: "lines" },
  dev: {
    argv: ["dev", connector],
    until: ["waiting for a save", '"event":"round"'],
    people: `${green("✓")}\x1b[39m ${bold("orders")}`,
    program: "lines",
  },
  discover: { argv: ["discover", ...taped], people: bold("stream     sync modes"), program: "lines" },
  docs: { argv: ["docs", connector], people: "customers", program: /^# /m },
  image: { argv: ["image", "test", "some/image:1", "--engine", engine], people: green("✓"), program: "value" },
  manifest: {
    argv: ["manifest", "validate", manifest],
    people: "connector/manifest.yaml is valid.",
    program: /manifest\.yaml is valid\.$/m,
  },
  new: {
    argv: ["new", "source-x", "--template", "manifest", "--dir", "{own}/new"],
    people: "Made source-x",
    program: /^Made source-x/,
  },
  metadata: { argv: ["metadata", "validate", "{own}/new"], people: "metadata.yaml", program: /metadata\.yaml/ },
  plan: { argv: ["plan", connector, "--config", config], people: bold("customers"), program: "lines" },
  publish: {
    argv: [
      "publish",
      connector,
      "--no-push",
      "--api",
      "public",
      "--airbyte",
      "{platform}",
      "--tag",
      "registry.test/a/b:1",
    ],
    people: `${green("✓")}\x1b[39m ${bold("connector")}`,
    program: "value",
  },
  read: { argv: ["read", ...taped], people: "\x1b[0J", program: "lines" },
  schema: { argv: ["schema", "diff", connector], people: "7 records are as they are declared.", program: "value" },
  serve: {
    argv: ["serve", "--port", "0"],
    until: ["Listening", "Listening"],
    people: "Listening at http://127.0.0.1:",
    program: /^$/,
  },
  spec: { argv: ["spec", connector], people: bold("api_token"), program: "lines" },
  state: { argv: ["state", "show", state], people: bold("orders"), program: "value" },
  test: { argv: ["test", connector], people: `${green("✓")}\x1b[39m spec`, program: /^✓ spec/m },
  types: { argv: ["types", connector], people: "export interface Orders", program: /^export interface Orders \{$/m },
};

const rows = Object.entries(described).filter(([name]) => name in groups);

interface Result {
  readonly name: string;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Results {
  readonly isTTY: boolean;
  readonly told: readonly Result[];
}

let platform: TestServer;
let terminal: Results | undefined;
let pipe: Results;

beforeAll(async () => {
  cpSync(join(root, "templates/manifest"), connector, { recursive: true });
  writeFileSync(
    oauth,
    `${readFileSync(manifest, "utf8")}
  advanced_auth:
    auth_flow_type: oauth2.0
    oauth_config_specification:
      complete_oauth_output_specification:
        properties: { access_token: { type: string, path_in_connector_config: [credentials, access_token] } }
`,
  );
  const stream = { stream_descriptor: { name: "orders" }, stream_state: { updated_at: "2026-02-01T00:00:00Z" } };
  writeFileSync(state, JSON.stringify([{ type: "STREAM", stream }]));
  const inspected = [
    {
      Config: {
        User: "1000",
        Entrypoint: ["run"],
        Env: ["AIRBYTE_ENTRYPOINT=run"],
        Labels: { "io.airbyte.name": "some/image", "io.airbyte.version": "1" },
      },
    },
  ];
  const spec = { type: "SPEC", spec: { connectionSpecification: { type: "object" } } };
  writeFileSync(
    engine,
    `#!/bin/sh\ncase "$*" in *inspect*) echo '${JSON.stringify(inspected)}';; *) echo '${JSON.stringify(spec)}';; esac\n`,
  );
  chmodSync(engine, 0o755);
  platform = await startServer({
    "/api/public/v1/workspaces": json({ data: [{ workspaceId: "w", name: "Team" }] }),
    "GET /api/public/v1/workspaces/w/definitions/sources": json({ data: [] }),
    "POST /api/public/v1/workspaces/w/definitions/sources": ({ json: parsed }) =>
      json({ id: "d", ...(parsed() as object) }),
  });
  const env = {
    ...process.env,
    TERM: "xterm",
    NO_COLOR: "",
    FORCE_COLOR: undefined,
    AIRBYTE_TOKEN: "t",
    GITHUB_ACTIONS: "",
    XDG_CACHE_HOME: join(folder, "cache"),
  };
  /** Runs them all in one process: what it is for them is found out anew each time. */
  async function runAll(place: "terminal" | "pipe"): Promise<Results> {
    const own = join(folder, place);
    const filled = (text: string): string => text.replace("{own}", own).replace("{platform}", platform.url);
    const commands = rows.map(([name, { argv, until }]) => ({
      name,
      argv: argv.map(filled),
      until: until?.[place === "terminal" ? 0 : 1],
    }));
    writeFileSync(`${own}.json`, JSON.stringify(commands));
    const command = [process.execPath, join(root, "test/every-command/run.mjs"), `${own}.json`, `${own}-results.json`];
    const line = command.map((part) => `'${part}'`).join(" ");
    const shell = place === "terminal" ? `script -qec "${line}" /dev/null < /dev/null` : `${line} < /dev/null | cat`;
    await execute("/bin/sh", ["-c", shell], { env, cwd: folder, maxBuffer: 2 ** 26 });
    return JSON.parse(readFileSync(`${own}-results.json`, "utf8")) as Results;
  }
  [terminal, pipe] = await Promise.all([hasScript ? runAll("terminal") : undefined, runAll("pipe")]);
}, 60_000);

afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

test("the table has every command", () => {
  expect(Object.keys(groups).filter((name) => !(name in described))).toEqual([]);
});

const resultOf = (results: Results, name: string): Result => results.told.find((each) => each.name === name)!; // it ran them all

/** Without util-linux' `script` there is no pseudo-terminal to try them on. */
test.runIf(hasScript).each(rows)("%s on a terminal speaks to people", (name, { people }) => {
  const { code, out, err } = resultOf(terminal!, name);
  expect(terminal!.isTTY).toBe(true);
  expect([code, `${out}${err}`]).toEqual([0, expect.stringContaining(people)]);
});

test.each(rows)("%s on a pipe speaks to programs", (name, { program }) => {
  const { code, out, err } = resultOf(pipe, name);
  expect(pipe.isTTY).toBe(false);
  expect([code, err]).toEqual([0, expect.any(String)]);
  expect(`${out}${err}`).not.toContain("\x1b");
  if (program === "lines") {
    expect(out).toMatch(/\n$/);
    for (const line of out.trimEnd().split("\n")) expect(JSON.parse(line)).toBeTypeOf("object");
  } else if (program === "value") expect(JSON.parse(out)).toBeTypeOf("object");
  else expect(out).toMatch(program);
});
