import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gzip, json, status, text } from "../../testing/replies.ts";
import { startServer } from "../../testing/server.ts";
import { runRead } from "../read/run-read.ts";
import { connectorFolder, fakePlace } from "../run/place-for-test.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { createProfiling } from "./profile.ts";

async function look(args: { traceHttp?: string; har?: string; profile?: boolean }, kind: "terminal" | "pipe") {
  await using server = await startServer({
    "/users": ({ query }, count) => {
      if (query.has("after") && count === 1) return status(503);
      return query.has("after")
        ? json({ data: [], token: "sesame" })
        : gzip(json({ data: [{ id: 1 }, { id: 2 }], next: "x", access_token: "came-with-it" }));
    },
  });
  await using folder = await connectorFolder({ url: server.url, token: "sesame" });
  const place = fakePlace(kind);
  const har = args.har === undefined ? undefined : join(folder.path, args.har);
  const code = await runRead({ ...args, har, debug: false, target: folder.path, stream: ["users"] }, place);
  const files = await readdir(folder.path);
  const archive = har === undefined ? "" : await readFile(har, "utf8");
  return { code, err: place.terminal.err().replaceAll(server.url, "http://api"), files, archive };
}

test.each(["terminal", "pipe"] as const)("a trace is a tree of what was asked, and why (%s)", async (kind) => {
  const { code, err } = await look({ traceHttp: "tree" }, kind);
  expect(code).toBe(0);
  expect(err.replaceAll(/after \d+ ms/g, "after … ms")).toContain(
    "users (all): 2 records\n" +
      "├─ page 1\n" +
      "│  ├─ GET http://api/users → 200 after … ms\n" +
      '│  └─ 2 records, next page by "x"\n' +
      '└─ page 2 by "x"\n' +
      "   ├─ GET http://api/users?after=x → 503 after … ms\n" +
      "   ├─ again in 1 s: The API is not available just now (status 503).\n" +
      "   ├─ GET http://api/users?after=x → 200 after … ms\n" +
      "   └─ 0 records, the last page: it is empty\n",
  );
});

test("as curl commands, without secrets", async () => {
  const { err } = await look({ traceHttp: "curl" }, "pipe");
  expect(err).toMatch(/^curl http:\/\/api\/users -H .*\n# 200, \d+ B in \d+ ms\n/);
  expect(err).toContain("# 503, ");
  expect(err).not.toContain("sesame");
});

test("as HTTP Archive, bodies unpacked, without secrets", async () => {
  const { archive, files } = await look({ har: "all.har" }, "pipe");
  expect(files.sort()).toEqual(["all.har", "config.json", "manifest.yaml"]);
  expect(archive).not.toMatch(/sesame|came-with-it/);
  const { log } = JSON.parse(archive) as {
    log: { version: string; entries: { request: object; response: { status: number; content: { text: string } } }[] };
  };
  expect(log.version).toBe("1.2");
  expect(log.entries.map(({ response }) => response.status)).toEqual([200, 503, 200]);
  expect(log.entries[0]).toMatchObject({
    request: {
      method: "GET",
      headers: expect.arrayContaining([
        { name: "Authorization", value: expect.stringMatching(/^(?!.*sesame)/) as string },
      ]) as object[],
    },
    response: { headers: expect.arrayContaining([{ name: "content-encoding", value: "gzip" }]) as object[] },
  });
  expect(JSON.parse(log.entries[0]!.response.content.text)).toMatchObject({ data: [{ id: 1 }, { id: 2 }], next: "x" });
});

test("where an input is wrong no archive is begun", async () => {
  await using folder = await connectorFolder({});
  const args = { debug: false, target: folder.path, har: join(folder.path, "all.har") };
  const catalog = join(folder.path, "missing.json");
  await expect(runRead({ ...args, catalog }, fakePlace("pipe"))).rejects.toThrow("missing.json");
  expect((await readdir(folder.path)).sort()).toEqual(["config.json", "manifest.yaml"]);
});

test.each(["terminal", "pipe"] as const)(
  "a profile says where the time went, and its parts are the whole (%s)",
  async (kind) => {
    const { err } = await look({ profile: true }, kind);
    const [, profile = ""] = err.split("where the time went");
    const shares = [...profile.matchAll(/(\d+) %/g)].map(([, share]) => Number(share));
    expect(shares).toHaveLength(8);
    const whole = shares.pop();
    expect([whole, shares.reduce((sum, share) => sum + share)]).toEqual([100, 100]);
    expect(profile).toMatch(
      /waiting for answers .*\n.*rate limits.*\ndecoding .*\ntemplates .*\ntransformations .*\noutput .*\nselecting/,
    );
  },
);

test("what is measured within something is not counted twice", async () => {
  const terminal = fakeTerminal("pipe");
  const { profile, end } = createProfiling(terminal);
  const busy = (milliseconds: number): void => {
    for (const until = performance.now() + milliseconds; performance.now() < until;);
  };
  profile.measure("transformations", () => {
    busy(5);
    profile.measure("templates", () => busy(40));
  });
  await end?.();
  const share = (what: string): number =>
    Number(new RegExp(`^${what}.* (\\d+) %`, "m").exec(terminal.out() + terminal.err())?.[1]);
  expect(share("templates")).toBeGreaterThan(share("transformations"));
});

const many = Array.from({ length: 30_000 }, (_, id) => ({
  id,
  text: "x".repeat(20),
  nested: { list: [1, 2, 3], other: null },
}));
test.each([
  ["rows that stay bytes", (manifest: string) => manifest],
  [
    "rows that are parsed",
    (manifest: string) => manifest.replace("{{ response['next'] }}", "{{ response['data'][0]['none'] }}"),
  ],
  [
    "lines",
    (manifest: string) =>
      manifest
        .replace("path: /users }", "path: /lines }")
        .replace(
          "record_selector: *selector",
          "decoder: { type: JsonlDecoder }\n      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }",
        ),
  ],
])("a profile has the share of decoding for %s", async (_, change) => {
  await using server = await startServer({
    "/users": json({ data: many }),
    "/lines": text(many.map((row) => JSON.stringify(row)).join("\n")),
  });
  await using folder = await connectorFolder({ url: server.url, token: "sesame" });
  const path = join(folder.path, "manifest.yaml");
  await writeFile(path, change(await readFile(path, "utf8")));
  const place = fakePlace("pipe");
  await runRead({ profile: true, debug: false, target: folder.path, stream: ["users"] }, place);
  expect(Number(/^decoding .* (\d+) %/m.exec(place.terminal.err())?.[1])).toBeGreaterThan(0);
  expect(place.stdout().match(/"type":"RECORD"/g)).toHaveLength(many.length);
});

test("work with waits in it is counted without them, and without what was counted meanwhile", async () => {
  const terminal = fakeTerminal("pipe");
  const { profile, end } = createProfiling(terminal);
  const busy = (milliseconds: number): void => {
    for (const until = performance.now() + milliseconds; performance.now() < until;);
  };
  const over = profile.begin("decoding");
  busy(20);
  await new Promise((resolve) => setTimeout(resolve, 300));
  profile.measure("output", () => busy(40));
  over();
  await end?.();
  const share = (what: string): number => Number(new RegExp(`^${what}.* (\\d+) %`, "m").exec(terminal.err())?.[1]);
  expect(share("decoding")).toBeGreaterThan(0);
  expect(share("decoding")).toBeLessThan(50); // with the wait it would be above 80
});
