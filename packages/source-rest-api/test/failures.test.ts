import { cut, json, startServer, status, text, type Reply } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { config, numbered, run } from "./run-api.ts";

const whole = json(numbered(0, 2000));
const limited = status(429, { headers: { "retry-after": "1" } });

const mended: [string, Reply, number][] = [
  ["429 with Retry-After", limited, 1000],
  ["500", status(500), 0],
  ["503 with Retry-After", status(503, { headers: { "retry-after": "1" } }), 0],
  ["a connection that breaks before the head", cut(whole, 0), 0],
  ["a connection that breaks within the body", cut(whole, 10_000), 0],
];
test.concurrent.each(mended)("%s, then success: each record comes once", async (_, fault, least) => {
  await using server = await startServer({ "/items": (__, count) => (count === 0 ? fault : whole) });
  const began = performance.now();
  const result = await run("read", config(server.url));
  expect(result.exitCode).toBe(0);
  expect(result.records("items")).toEqual(numbered(0, 2000));
  expect(result.statuses("items").at(-1)).toBe("COMPLETE");
  expect(server.requests).toHaveLength(2);
  expect(performance.now() - began).toBeGreaterThan(least);
});

test("429 tells the platform that the stream waits", async () => {
  await using server = await startServer({ "/items": (_, count) => (count === 0 ? limited : whole) });
  const result = await run("read", config(server.url));
  const reasons = result.of("TRACE").flatMap(({ trace }) => trace.stream_status?.reasons ?? []);
  expect(reasons.map(({ type }) => type)).toEqual(["RATE_LIMITED"]);
});

const last: [string, Reply, string][] = [
  ["401", status(401), "config_error"],
  ["403", status(403), "config_error"],
  ["404", status(404), "system_error"],
];
test.concurrent.each(last)("%s ends the stream", async (code, fault, failureType) => {
  await using server = await startServer({ "/items": fault });
  const result = await run("read", config(server.url));
  expect(result.exitCode).toBe(1);
  expect(result.statuses("items")).toEqual(["STARTED", "INCOMPLETE"]);
  const [error] = result.of("TRACE").flatMap(({ trace }) => trace.error ?? []);
  expect(error?.failure_type).toBe(failureType);
  expect(error?.message).toContain(code);
  expect(server.requests).toHaveLength(1);
});

test.concurrent.each([
  ["found", {}],
  ["named", { records_path: ["data"] }],
  ["the whole", { records_path: [] }],
])("a body that is no JSON holds no records, and an ERROR says so, with a path that is %s", async (_, endpoint) => {
  await using server = await startServer({ "/items": text("<html>Maintenance</html>") });
  const result = await run("read", config(server.url, endpoint));
  expect(result.exitCode).toBe(0);
  expect(result.records("items")).toEqual([]);
  expect(result.statuses("items")).toEqual(["STARTED", "COMPLETE"]);
  expect(result.logs()).toContainEqual(expect.stringMatching(/^ERROR The answer of GET .*\/items is no JSON/));
});

test("a stream that fails leaves the others running", async () => {
  await using server = await startServer({ "/bad": status(404), "/items": whole });
  const endpoints = [
    { name: "bad", path: "/bad" },
    { name: "items", path: "/items" },
  ];
  const result = await run("read", { url_base: server.url, endpoints });
  expect(result.records("items")).toHaveLength(2000);
  const discovered = await run("discover", {
    url_base: server.url,
    endpoints: [...endpoints, { name: "worse", path: "/" }],
  });
  expect(discovered.exitCode).toBe(1);
  const [error] = discovered.of("TRACE").flatMap(({ trace }) => trace.error ?? []);
  expect(error?.message).toMatch(/cannot be inferred.*\nbad: .*\nworse: /);
});
