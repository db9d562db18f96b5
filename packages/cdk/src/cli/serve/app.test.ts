import { createHmac } from "node:crypto";
import type { Hono } from "hono";
import { expect, test } from "vitest";
import type { Question } from "./answer.ts";
import { createApp, type AppOptions } from "./app.ts";

const asked: Question[] = [];
const lines: string[] = [];
const app = (more: Partial<AppOptions> = {}): Hono =>
  createApp({
    answer: async (question) => {
      asked.push(question);
      return { status: 200, body: '{"success":true}', context: "workspace_id=w" };
    },
    env: {},
    bodyLimit: 1000,
    log: (line) => void lines.push(line),
    ...more,
  });
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body,
  headers: { "Content-Type": "application/json", ...headers },
});

test.each<[string, string, number, object | undefined]>([
  ["GET", "/health/", 200, { status: "ok" }],
  ["GET", "/capabilities/", 200, { custom_code_execution: false }],
  ["GET", "/nothing", 404, { detail: "Not Found" }],
  ["GET", "/v1/manifest/check", 405, { detail: "Method Not Allowed" }],
  ["POST", "/v1/manifest/nothing", 404, { detail: "Not Found" }],
  ["GET", "/health", 307, undefined],
  ["POST", "/v1/manifest/check/", 307, undefined],
])("%s %s is answered with %i", async (method, path, status, body) => {
  const response = await app().request(path, { method });
  expect(response.status).toBe(status);
  if (body === undefined) expect(response.headers.get("location")).toMatch(/^\/(?:health\/|v1\/manifest\/check)$/);
  else expect(await response.json()).toEqual(body);
});

test("a POST is handed on as it came; the log says who asked, and nothing of what", async () => {
  const response = await app().request("/v1/manifest/check", post('{"config": {"key": "secret"}}'));
  expect(await response.json()).toEqual({ success: true });
  expect([...response.headers.keys()]).not.toContain("x-ferry-context");
  expect(asked.at(-1)).toEqual({ endpoint: "check", body: '{"config": {"key": "secret"}}' });
  expect(lines.at(-1)).toMatch(/^POST \/v1\/manifest\/check 200 \d+ ms workspace_id=w$/);
});

test("a body that is too large is refused before it is read", async () => {
  const response = await app().request("/v1/manifest/check", post("x".repeat(1001)));
  expect([response.status, await response.json()]).toEqual([
    413,
    { detail: expect.stringContaining("larger") as string },
  ]);
});

test("what /docs shows needs nothing from elsewhere", async () => {
  const page = await (await app().request("/docs")).text();
  expect(page).toContain("POST /v1/manifest/test_read");
  expect(page).not.toMatch(/https?:/);
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
function token(claims: object, { secret = "hush", alg = "HS256" } = {}): string {
  const signed = `${encoded({ alg, typ: "JWT" })}.${encoded(claims)}`;
  return `Bearer ${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
const now = Math.floor(Date.now() / 1000);

test.each<[string, string | undefined, number]>([
  ["none", undefined, 401],
  ["no bearer", "Basic abc", 401],
  ["a good one", token({ sub: "builder", exp: now + 60 }), 200],
  ["one without an end", token({}), 200],
  ["an old one", token({ exp: now - 60 }), 401],
  ["one of tomorrow", token({ nbf: now + 86400 }), 401],
  ["one for someone else", token({ aud: "another" }), 401],
  ["one signed by another", token({}, { secret: "other" }), 401],
  ["one of another algorithm", token({}, { alg: "none" }), 401],
  ["no token at all", "Bearer abc", 401],
])("with a secret a request needs a token: %s", async (_, authorization, status) => {
  const guarded = app({ env: { AB_JWT_SIGNATURE_SECRET: "hush" } });
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
  const response = await guarded.request("/v1/manifest/check", post("{}", headers));
  expect(response.status).toBe(status);
  if (status === 401) expect(response.headers.get("www-authenticate")).toBe("Bearer");
  expect((await guarded.request("/health/")).status).toBe(200);
});
