import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostPlatform } from "../platform.ts";
import type { Engine, Finished } from "./engine.ts";
import { explain } from "./explain.ts";
import { tryImage, type Trial } from "./try-image.ts";

const finished: Finished = { exitCode: 0, stdout: '{"type":"SPEC"}\n', stderr: "", timedOut: false };
/** As Node ends where nobody catches an error. */
const thrown = (message: string): string =>
  `file:///c/main.mjs:1\nthrow …\n      ^\n\n${message}\n    at file:///c/main.mjs:1:7\n\nNode.js v20.20.2\n`;
const traced = (message: string): string =>
  `{"type":"TRACE","trace":{"type":"ERROR","error":{"message":"${message}"}}}\n`;

test.each<[Partial<Finished>, string | undefined]>([
  [{}, undefined],
  [{ timedOut: true }, "it did not end in time"],
  [{ exitCode: 125, stderr: "Error: no such network\n" }, "the engine could not start it: Error: no such network"],
  [{ exitCode: 126, stderr: "permission denied" }, "is the entrypoint executable for user 1000? permission denied"],
  [{ exitCode: 126, stderr: "exec format error" }, "it is made for another platform: build it with --platform"],
  [
    { exitCode: 127, stderr: 'runc: exec: "/x/run.sh": stat /x/run.sh: no such file' },
    "its entrypoint is not there: the image has no /x/run.sh, or not on its PATH",
  ],
  [{ exitCode: 127, stderr: "node: not found" }, "its entrypoint is not there: node: not found"],
  [{ exitCode: 137 }, "most likely for want of memory: raise --memory"],
  [
    { exitCode: 134, stderr: "FATAL ERROR: Reached heap limit … JavaScript heap out of memory" },
    "Node's own memory was full: raise --memory",
  ],
  [{ exitCode: 139 }, "is not made for this base"],
  [
    { exitCode: 1, stderr: "node: /lib/libc.so.6: version `GLIBC_2.38' not found (required by node)" },
    "a library of the system is missing",
  ],
  [
    { exitCode: 1, stderr: thrown("Error: EROFS: read-only file system, mkdir '/x'") },
    "connectors run on a read-only root: Error: EROFS: read-only file system, mkdir '/x'",
  ],
  [{ exitCode: 1, stdout: traced("EACCES: permission denied, open '/secret'") }, "user 1000 may not read or write"],
  [{ exitCode: 1, stderr: thrown("Error: Cannot find module '/root/main.mjs'") }, "where user 1000 may read it?"],
  [{ exitCode: 1, stderr: thrown("SyntaxError: Unexpected token") }, "Bundle the connector with ferry bundle"],
  [{ exitCode: 1, stderr: thrown("Error: boom") }, "it ended with exit code 1: Error: boom"],
  [{ exitCode: 1, stdout: traced("There is no manifest: give …") }, "exit code 1: There is no manifest: give …"],
  [{ exitCode: 3, stdout: "" }, "it ended with exit code 3: it said nothing"],
  [{ stdout: `hello\n${finished.stdout}` }, "it prints a line to stdout that is no message: hello"],
  [{ stdout: '{"type":"LOG"}\n' }, "it printed no SPEC message"],
  // A sync that goes well may have failed to open a file.
  [{ stderr: "warning: EACCES" }, undefined],
])("what came of a container, %j, is explained", (over, expected) => {
  const explained = explain({ ...finished, ...over }, "SPEC");
  if (expected === undefined) expect(explained).toBeUndefined();
  else expect(explained).toContain(expected);
});

const ENTRYPOINT = ["node", "/c/main.mjs"];
const config = {
  User: "1000:1000",
  Entrypoint: ENTRYPOINT,
  Env: ["AIRBYTE_ENTRYPOINT=node /c/main.mjs"],
  Labels: { "io.airbyte.name": "airbyte/source-a", "io.airbyte.version": "1.0.0" },
};
const stream = { name: "a", json_schema: {}, supported_sync_modes: ["full_refresh"] };
const answers: Readonly<Record<string, string>> = {
  spec: '{"type":"SPEC"}\n',
  check: '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"SUCCEEDED"}}\n',
  discover: `${JSON.stringify({ type: "CATALOG", catalog: { streams: [stream] } })}\n`,
  read: '{"type":"RECORD"}\n{"type":"RECORD"}\n{"type":"STATE"}\n',
};

interface Fake {
  readonly inspected?: object;
  readonly architecture?: string;
  readonly verbs?: Readonly<Record<string, Partial<Finished>>>;
}

/** Tries an image with an engine that answers as told; gives what was found, and the engine's command lines. */
async function tried({ inspected = {}, architecture = hostPlatform().architecture, verbs = {} }: Fake): Promise<{
  readonly trials: readonly Trial[];
  readonly asked: readonly (readonly string[])[];
  readonly catalogs: readonly unknown[];
}> {
  const asked: (readonly string[])[] = [];
  const catalogs: unknown[] = [];
  const engine: Engine = {
    name: "podman",
    async run(argv) {
      asked.push(argv);
      if (argv[0] === "image") {
        return {
          ...finished,
          stdout: JSON.stringify([{ Architecture: architecture, Config: { ...config, ...inspected } }]),
        };
      }
      if (argv[0] === "kill") return finished;
      const verb = argv[argv.indexOf("a:1") + 1]!;
      const folder = argv.find((flag) => flag.endsWith(":/trial:ro"))!.split(":")[0]!;
      if (verb === "read") catalogs.push(JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")));
      return { ...finished, stdout: answers[verb] ?? "", ...verbs[verb] };
    },
  };
  const options = { image: "a:1", config: {}, catalog: undefined, memory: "1g", network: "host", timeout: 9 };
  const trials: Trial[] = [];
  for await (const trial of tryImage(engine, { ...options, volumes: ["/d:/d:ro"], runFlags: ["-q"] }))
    trials.push(trial);
  return { trials, asked, catalogs };
}

test("all verbs are tried as Airbyte runs them, with what discover found", async () => {
  const { trials, asked, catalogs } = await tried({});
  expect(trials.map(({ name, ok, detail }) => [name, ok, detail])).toEqual([
    ["image", true, "airbyte/source-a 1.0.0, node /c/main.mjs"],
    ["spec", true, "1 SPEC"],
    ["check", true, "1 CONNECTION_STATUS"],
    ["discover", true, "1 CATALOG"],
    ["read", true, "2 RECORD, 1 STATE"],
  ]);
  const runs = asked.slice(1).map((argv) => argv.join(" "));
  expect(runs).toHaveLength(4);
  for (const run of runs) {
    expect(run).toMatch(
      /^run --rm --network=(none|host) --read-only --tmpfs \/tmp --user 1000:1000 --memory 1g -v .* -q /,
    );
  }
  expect(runs.map((run) => /--network=(\w+)/.exec(run)?.[1])).toEqual(["none", "host", "host", "host"]);
  expect(catalogs).toMatchObject([{ streams: [{ stream: { name: "a" }, sync_mode: "full_refresh" }] }]);
});

test.each<[string, Fake, readonly [string, string]]>([
  [
    "no variable",
    { inspected: { Env: [] } },
    ["image", "it sets no AIRBYTE_ENTRYPOINT, by which the platform runs it"],
  ],
  ["no entrypoint", { inspected: { Entrypoint: null } }, ["image", "it has no ENTRYPOINT, so that nothing runs"]],
  [
    "two entrypoints",
    { inspected: { Entrypoint: ["sh"] } },
    ["image", 'but its ENTRYPOINT is "sh": they have to be equal'],
  ],
  [
    "the user root",
    { inspected: { User: "" } },
    ["image", "its user is root, and connectors run as 1000: set USER 1000:1000"],
  ],
  [
    "no labels",
    { inspected: { Labels: null } },
    ["image", "it has no label io.airbyte.name; it has no label io.airbyte.version"],
  ],
  ["another platform", { architecture: "s390x" }, ["image", "it is for s390x, and this machine is"]],
  ["a spec that crashes", { verbs: { spec: { exitCode: 1, stderr: thrown("Error: boom") } } }, ["spec", "Error: boom"]],
  [
    "a check that finds nobody",
    {
      verbs: {
        check: {
          stdout:
            '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"getaddrinfo EAI_AGAIN api.test"}}\n',
        },
      },
    },
    [
      "check",
      "EAI_AGAIN api.test; nothing answers where it asks (EAI_AGAIN): is the address one that a container sees",
    ],
  ],
  [
    "a check that is refused",
    {
      verbs: {
        check: { stdout: '{"type":"CONNECTION_STATUS","connectionStatus":{"status":"FAILED","message":"401"}}\n' },
      },
    },
    ["check", "the check failed: 401"],
  ],
  ["too little memory for discover", { verbs: { discover: { exitCode: 137 } } }, ["discover", "want of memory"]],
  ["a read without a state", { verbs: { read: { stdout: '{"type":"RECORD"}\n' } } }, ["read", "it printed no STATE"]],
])("an image with %s is told at once, and nothing after it is tried", async (_, fake, [name, detail]) => {
  const { trials } = await tried(fake);
  const last = trials.at(-1)!;
  expect([last.name, last.ok]).toEqual([name, false]);
  expect(last.detail).toContain(detail);
  expect(trials.slice(0, -1).every(({ ok }) => ok)).toBe(true);
});

test("a container that does not end is stopped", async () => {
  const { asked } = await tried({ verbs: { spec: { timedOut: true } } });
  const run = asked[1]!;
  expect(asked.at(-1)).toEqual(["kill", run[run.indexOf("--name") + 1]]);
});
