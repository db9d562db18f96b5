import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { diffCassettes } from "./diff.ts";
import { showCassette } from "./show.ts";

const root = mkdtempSync(join(tmpdir(), "ferry-cassette-test-"));
afterAll(() => rmSync(root, { recursive: true }));

/** A cassette of one recording: `[method and URL, status, body, headers]`. */
function cassette(
  name: string,
  exchanges: readonly (readonly [string, number, unknown, Record<string, string>?])[],
): string {
  const folder = join(root, name);
  mkdirSync(join(folder, "read"), { recursive: true });
  writeFileSync(
    join(folder, "read/recording.json"),
    '{"started_at":"2026-03-01T10:00:00.000Z","ended_at":"2026-03-01T10:00:09.000Z"}',
  );
  exchanges.forEach(([request, status, body, headers = {}], index) => {
    const [method, url] = request.split(" ");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const told = { stream: "users", request: { method, url }, response: { status, headers, body: text } };
    writeFileSync(join(folder, "read", `000${index + 1}-x.yaml`), JSON.stringify(told));
  });
  return folder;
}

const before = cassette("before", [
  ["GET https://a.test/users?page=1&limit=2", 200, { data: [{ id: 1, name: "A", old: true, tags: ["x"] }], next: 2 }],
  ["GET https://a.test/users?page=2&limit=2", 200, { data: [{ id: 2, name: "B", old: true, tags: [] }], next: null }],
  ["GET https://a.test/users/17/orders", 200, [{ id: 1.5 }], { "X-Request": "1", "Content-Type": "application/json" }],
  ["GET https://a.test/gone", 200, []],
  ["GET https://a.test/same/1", 200, { 1: "a", 2: "b" }],
]);
const after = cassette("after", [
  [
    "GET https://a.test/users?page=1&size=2",
    200,
    { data: [{ id: "1", name: null, extra: { a: 1 } }, { id: "2" }], next: 2 },
  ],
  [
    "GET https://a.test/users/18/orders",
    200,
    [{ id: 2.5 }],
    { "X-Request": "2", Sunset: "2027", "Content-Type": "text/plain" },
  ],
  ["GET https://a.test/users/19/orders", 404, { error: "no" }],
  ["POST https://a.test/new", 200, []],
  ["GET https://a.test/same/2", 200, { 3: "c" }],
]);

const DRIFT = `- GET https://a.test/gone  asked once before, never now
~ GET https://a.test/users
    - query limit
    + query size
    + field data[].extra: object, sometimes missing
    ~ field data[].id: integer → string
    ~ field data[].name: string → null, sometimes missing
    - field data[].old: boolean
    - field data[].tags: array
    ~ field next: integer or null → integer
~ GET https://a.test/users/{id}/orders
    ~ status: 200 → 200, 404
    ~ header content-type: application/json → text/plain
    + header sunset: 2027
+ POST https://a.test/new  asked once now, never before
`;

test("drift, for people", async () => {
  const terminal = fakeTerminal("terminal");
  expect(await diffCassettes(before, after, undefined, terminal)).toBe(1);
  expect(terminal.out()).toBe(DRIFT);
});

test("drift, for programs; none is 0", async () => {
  const terminal = fakeTerminal("pipe");
  expect(await diffCassettes(before, after, undefined, terminal)).toBe(1);
  const told = JSON.parse(terminal.out()) as { endpoints: { endpoint: string; change: string }[] };
  expect(told.endpoints[1]).toEqual({
    endpoint: "GET https://a.test/users",
    change: "changed",
    requests: [2, 1],
    changes: expect.arrayContaining([
      { kind: "field", name: "data[].id", before: "integer", after: "string" },
      { kind: "query", name: "limit", before: "sent" },
    ]) as unknown,
  });
  const same = fakeTerminal("terminal");
  expect(await diffCassettes(before, before, undefined, same)).toBe(0);
  expect(same.out()).toBe("Nothing changed.\n");
});

test("what a cassette holds", async () => {
  const terminal = fakeTerminal("terminal");
  expect(await showCassette(after, undefined, terminal)).toBe(0);
  expect(terminal.out().split("\n").slice(0, 4)).toEqual([
    "read  2026-03-01T10:00:00.000Z, 5 exchanges",
    "      request                                 answer  bytes  stream",
    "0001  GET https://a.test/users?page=1&size=2  200        69  users",
    "0002  GET https://a.test/users/18/orders      200        12  users",
  ]);
  const pipe = fakeTerminal("pipe");
  await showCassette(after, undefined, pipe);
  const { recordings } = JSON.parse(pipe.out()) as { recordings: { exchanges: unknown[] }[] };
  expect(recordings[0]!.exchanges[3]).toEqual({
    file: "0004-x.yaml",
    method: "POST",
    url: "https://a.test/new",
    answer: "200",
    bytes: 2,
    stream: "users",
  });
});

test.each([
  ["no folder", () => join(root, "nowhere"), "There is no cassette in"],
  [
    "a broken exchange",
    () => {
      const folder = cassette("broken", []);
      writeFileSync(join(folder, "read/0001-x.yaml"), "request: { method: GET }");
      return folder;
    },
    "0001-x.yaml is no exchange of a cassette: the request has no method or no url.",
  ],
])("%s is said", async (_, make, expected) => {
  await expect(showCassette(make(), "json", fakeTerminal("pipe"))).rejects.toThrow(expected);
});
