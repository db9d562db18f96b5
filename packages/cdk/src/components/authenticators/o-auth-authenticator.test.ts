import { expect, test } from "vitest";
import type { JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { json, slow, startServer } from "../../testing/index.ts";
import { components } from "../registry.ts";
import { buildForTest } from "../shared/build-for-test.ts";

const manifest = (url: string, more: JsonObject = {}): JsonObject & { type: string } => ({
  type: "OAuthAuthenticator",
  token_refresh_endpoint: `${url}/token`,
  client_id: "c",
  client_secret: "secret",
  refresh_token: "refresh-1",
  ...more,
});

async function bearer(authenticator: Authenticator): Promise<string | undefined> {
  const { headers } = await authenticator.apply({
    method: "GET",
    url: "http://api.test/",
    headers: { authorization: "old" },
  });
  return headers["Authorization"];
}

test("one refresh for all who wait, forced or due", async () => {
  await using server = await startServer((_, count) => slow(json({ access_token: `a${count}`, expires_in: 60 }), 20));
  const { component } = buildForTest("authenticator", manifest(server.url), { components });
  expect(await Promise.all([1, 2, 3].map(() => bearer(component)))).toEqual(Array(3).fill("Bearer a0"));
  await Promise.all([component.refresh?.(), component.refresh?.()]);
  expect(await bearer(component)).toBe("Bearer a1");
  expect(server.requests.length).toBe(2);
});

test("a single-use refresh token is used once, and CONTROL comes before the new token is used", async () => {
  await using server = await startServer((_, count) =>
    slow(json({ access_token: `a${count}`, expires_in: 60, refresh_token: `r${count + 1}` }), 20),
  );
  const { component, messages } = buildForTest("authenticator", manifest(server.url, { refresh_token_updater: {} }), {
    components,
    config: { credentials: { refresh_token: "r0" } },
  });
  expect(await Promise.all([1, 2].map(() => bearer(component)))).toEqual(["Bearer a0", "Bearer a0"]);
  expect(messages.length).toBe(1);
  await component.refresh?.();
  const sent = server.requests.map(({ body }) => new URLSearchParams(body.toString()).get("refresh_token"));
  expect(sent).toEqual(["r0", "r1"]);
});

test("names the header without fetching a token", async () => {
  await using server = await startServer(() => json({ access_token: "a" }));
  const { component } = buildForTest("authenticator", manifest(server.url), { components });
  expect(await component.options?.()).toEqual({ headers: { Authorization: "" } });
  expect(server.requests.length).toBe(0);
});

test.each([
  [400, { error: "invalid_grant" }, "Sign in again in the settings of this source. The API says: invalid_grant"],
  [400, { error: "invalid_grant", error_description: "AADSTS50173: revoked at 12:00" }, "invalid_grant: AADSTS50173"],
  [401, { error: "bad  client", error_description: "secret" }, "status 401. The API says: bad client"],
  [400, { error: `secret ${"x".repeat(80)}` }, `The API says: **** ${"x".repeat(59)}...`],
  [200, { token: "t" }, 'The token endpoint\'s answer has no "access_token".'],
  [200, { access_token: "a", expires_in: "soon" }, '"expires_in": soon, where a number of seconds'],
])("status %i %j", async (status, body, said) => {
  await using server = await startServer(() => json(body, { status }));
  const { component } = buildForTest("authenticator", manifest(server.url), { components });
  await expect(bearer(component)).rejects.toThrow(said);
});
