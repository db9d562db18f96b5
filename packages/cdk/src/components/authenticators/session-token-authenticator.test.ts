import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { json, slow, startServer } from "../../testing/index.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-15T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

const manifest = (url: string, more: JsonObject = {}): JsonObject & { type: string } => ({
  type: "SessionTokenAuthenticator",
  login_requester: { type: "HttpRequester", url: `${url}/login`, http_method: "POST" },
  session_token_path: ["token"],
  request_authentication: { type: "Bearer" },
  ...more,
});

const build = (spec: JsonObject & { type: string }): Authenticator =>
  buildForTest("authenticator", spec, { components }).component;

async function bearer(authenticator: Authenticator): Promise<string | undefined> {
  const { headers } = await authenticator.apply({ method: "GET", url: "http://api.test/", headers: {} });
  return headers["Authorization"];
}

test("logs in once for all who wait", async () => {
  await using server = await startServer((_, count) => slow(json({ token: `s${count}` }), 20));
  const authenticator = build(manifest(server.url, { expiration_duration: "PT1H" }));
  expect(await Promise.all([1, 2, 3].map(() => bearer(authenticator)))).toEqual(Array(3).fill("Bearer s0"));
  vi.setSystemTime(Date.now() + 3_600_001);
  expect(await Promise.all([1, 2, 3].map(() => bearer(authenticator)))).toEqual(Array(3).fill("Bearer s1"));
});

test("logs in for each request where no duration is stated, and not for the names of headers", async () => {
  await using server = await startServer((_, count) => json({ token: `s${count}` }));
  const authenticator = build(manifest(server.url));
  expect(await authenticator.options?.()).toEqual({ headers: { Authorization: "" } });
  expect([await bearer(authenticator), await bearer(authenticator)]).toEqual(["Bearer s0", "Bearer s1"]);
});

test("a session may hold for months", async () => {
  await using server = await startServer((_, count) => json({ token: `s${count}` }));
  const authenticator = build(manifest(server.url, { expiration_duration: "P1M" }));
  expect(await bearer(authenticator)).toBe("Bearer s0");
  vi.setSystemTime(new Date("2026-02-15T12:00:00Z"));
  expect(await bearer(authenticator)).toBe("Bearer s0");
  vi.setSystemTime(new Date("2026-02-15T12:00:00.001Z"));
  expect(await bearer(authenticator)).toBe("Bearer s1");
});

test("a login that failed is tried again by the next request", async () => {
  await using server = await startServer((_, count) => json(count === 0 ? {} : { token: "s" }));
  const authenticator = build(manifest(server.url, { expiration_duration: "PT1H" }));
  await expect(bearer(authenticator)).rejects.toThrow("no session token at token");
  expect(await bearer(authenticator)).toBe("Bearer s");
});
