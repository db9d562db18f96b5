import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSend } from "../../http/send.ts";
import type { TestServer } from "../../testing/index.ts";
import { fakeTerminal } from "../terminal/fake-terminal-for-test.ts";
import { ID, startPlatform, WORKSPACE } from "./platform-for-test.ts";
import { publish } from "./publish.ts";

const folder = mkdtempSync(join(tmpdir(), "ferry-publish-"));
beforeAll(() => {
  writeFileSync(join(folder, "manifest.yaml"), "version: 7.0.0\n");
  writeFileSync(join(folder, "metadata.yaml"), "data: { name: Orders, documentationUrl: https://docs.test }\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(platform: TestServer, over: Partial<Parameters<typeof publish>[0]> = {}): Promise<string> {
  const terminal = fakeTerminal("terminal");
  await publish(
    {
      target: folder,
      tag: "r.test/team/source-orders:1.2.0",
      ...{ platform: undefined, base: "node", insecure: false, push: false, format: undefined, name: undefined },
      ...{ url: platform.url, api: "config", workspace: "Team", send: createSend({}) },
      env: { AIRBYTE_CLIENT_ID: "me", AIRBYTE_CLIENT_SECRET: "sesame" },
      signal: new AbortController().signal,
      ...over,
    },
    terminal,
  );
  return terminal.out();
}

const orders = {
  id: ID,
  name: "Orders",
  dockerRepository: "r.test/team/source-orders",
  dockerImageTag: "1.1.0",
  custom: true,
};

test.each([
  ["config", [], "✓ Orders created as"],
  ["public", [], "✓ Orders created as"],
  ["config", [orders], "✓ Orders updated as"],
  ["public", [orders], "✓ Orders updated as"],
  ["config", [{ ...orders, dockerImageTag: "1.2.0" }], "✓ Orders unchanged as"],
] as const)("by the %s API, where there is %j: %s", async (api, known, expected) => {
  await using platform = await startPlatform({ known });
  const out = await run(platform, { api });
  expect(out).toContain(`${expected} ${ID}, r.test/team/source-orders:1.2.0`);
  expect(out).toContain(
    api === "config" ? "the platform got its spec: token, start" : "the public API does not tell the spec",
  );
});

test("a token and a workspace's id are taken as they are; programs get JSON", async () => {
  await using platform = await startPlatform();
  const out = await run(platform, { env: { AIRBYTE_TOKEN: "t" }, workspace: WORKSPACE, format: "json" });
  expect(JSON.parse(out)).toMatchObject({ workspaceId: WORKSPACE, done: "created", definition: { id: ID } });
  expect(platform.requests.map(({ path }) => path).filter((path) => /token|workspaces$/.test(path))).toEqual([]);
});

test.each([
  [{ env: { AIRBYTE_CLIENT_ID: "me", AIRBYTE_CLIENT_SECRET: "wrong" } }, /no token for the client me: it answered 401/],
  [{ env: { AIRBYTE_TOKEN: "old" } }, /\(401, Unauthorized\)\. Is the token of this instance/],
  [{ env: {} }, /Set AIRBYTE_TOKEN, or AIRBYTE_CLIENT_ID/],
  [{ workspace: "Taem" }, /There is no workspace "Taem"\. Did you mean Team\?/],
  [{ workspace: ID }, /refuses POST \/source_definitions\/list_for_workspace \(404, Could not find the workspace\)/],
  [
    { name: "Stripe" },
    /has a source named "Stripe" already, of the image airbyte\/source-stripe:5\.0\.0: choose another name/,
  ],
  [{ tag: "source-orders:1" }, /names no image: it does not say which registry/],
  [{ url: "http://127.0.0.1:9" }, /Airbyte at http:\/\/127\.0\.0\.1:9 cannot be asked/],
])("%j is refused", async (over, message) => {
  const stripe = { id: WORKSPACE, name: "Stripe", dockerRepository: "airbyte/source-stripe", dockerImageTag: "5.0.0" };
  await using platform = await startPlatform({ known: [{ ...stripe, custom: false }] });
  await expect(run(platform, over)).rejects.toThrow(message);
});

test("an image that gives the platform no spec is told with the platform's reason", async () => {
  await using platform = await startPlatform({ failure: "the pod was evicted" });
  await expect(run(platform)).rejects.toThrow(
    "got no spec from it: the pod was evicted. Try it with ferry image test.",
  );
});

test("a workspace is found by its name among more than one page of them", async () => {
  const others = Array.from({ length: 130 }, (_, index) => `Other ${index}`);
  await using platform = await startPlatform({ workspaces: [...others, "Team"] });
  expect(await run(platform)).toContain("✓ Orders created as");
  expect(platform.requestsTo("/api/public/v1/workspaces").map(({ query }) => query.get("offset"))).toEqual([
    "0",
    "100",
  ]);
});

test("a request that the platform's document does not allow is refused, field by field", async () => {
  writeFileSync(join(folder, "metadata.yaml"), "data: { name: Orders, documentationUrl: nowhere }\n");
  await using platform = await startPlatform();
  await expect(run(platform)).rejects.toThrow(
    /create_custom \(422, .*did not pass validation, body: .*documentationUrl must match/,
  );
});
