import { readFileSync } from "node:fs";
import { json, startServer } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { run } from "./run-api.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```json\n(.*?)^```/gms)].map(([, text]) => text!);

test("the README has examples", () => {
  expect(examples.length).toBeGreaterThan(5);
});

test.concurrent.each(examples)("example %# of the README works", async (example) => {
  await using server = await startServer(({ path }) =>
    path.endsWith("/token")
      ? json({ access_token: "acc3ss", expires_in: 3600, refresh_token: "refr3sh" })
      : json({ data: [{ id: 1, at: 1767225600, updated_at: "2026-01-01T00:00:00Z" }] }),
  );
  const endpoints = [{ name: "items", path: "/items" }];
  const text = example.replaceAll("https://api.example.com", server.url).replaceAll("…", "s3cr3t");
  const config = { url_base: server.url, endpoints, ...(JSON.parse(text) as object) };
  const result = await run("check", config);
  expect(result.of("CONNECTION_STATUS").map(({ connectionStatus }) => connectionStatus)).toEqual([
    { status: "SUCCEEDED" },
  ]);
});
