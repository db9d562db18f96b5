import { json, startServer, status, type ReceivedRequest, type Route } from "ferry-cdk/testing";
import { expect, test } from "vitest";
import { config, run } from "./run-api.ts";

const shown = ({ target, headers }: ReceivedRequest, header: string): string => `${target} ${headers[header] ?? "-"}`;

const headers: [string, object | undefined, string, string][] = [
  ["nothing", undefined, "authorization", "/items -"],
  ["none", { type: "none" }, "authorization", "/items -"],
  ["bearer", { type: "bearer", token: "t0k3n" }, "authorization", "/items Bearer t0k3n"],
  ["a token like a number", { type: "bearer", token: "1e3" }, "authorization", "/items Bearer 1e3"],
  ["a key", { type: "api_key", key: "k3y+&" }, "x-api-key", "/items k3y+&"],
  [
    "a key with a prefix",
    { type: "api_key", key: "Token k3y", name: "Authorization" },
    "authorization",
    "/items Token k3y",
  ],
  ["a key in the query", { type: "api_key", key: "k3y+&", name: "key", in: "query" }, "key", "/items?key=k3y%2B%26 -"],
  ["basic", { type: "basic", username: "ann", password: "p:w" }, "authorization", `/items Basic ${btoa("ann:p:w")}`],
  ["basic with a name only", { type: "basic", username: "k3y" }, "authorization", `/items Basic ${btoa("k3y:")}`],
];
test.concurrent.each(headers)("authentication: %s", async (_, authentication, header, expected) => {
  await using server = await startServer({ "/items": json([{ id: 1 }]) });
  const result = await run("read", config(server.url, {}, authentication === undefined ? {} : { authentication }));
  expect(result.records("items")).toEqual([{ id: 1 }]);
  expect(server.requests.map((request) => shown(request, header))).toEqual([expected]);
});

/** Gives tokens, and answers with items whoever has the latest. */
function oauthApi(): Readonly<Record<string, Route>> {
  let given = 0;
  return {
    "POST /token": () => {
      given++;
      return json({ access_token: `acc3ss-${given}`, expires_in: 3600, refresh_token: `refr3sh-${given}` });
    },
    "/items": ({ headers: { authorization } }) =>
      authorization === `Bearer acc3ss-${given}` ? json([{ id: 1 }]) : status(401),
  };
}
const client = { type: "oauth2", client_id: "fer ry", client_secret: "s3cr3t&" };

const grants: [string, object, string][] = [
  ["client credentials", {}, "grant_type=client_credentials&client_id=fer+ry&client_secret=s3cr3t%26"],
  [
    "scopes and more",
    { scopes: ["a", "b"], token_params: { audience: "https://x", version: "1.10" } },
    "grant_type=client_credentials&client_id=fer+ry&client_secret=s3cr3t%26&scope=a+b&audience=https%3A%2F%2Fx&version=1.10",
  ],
  [
    "refresh token",
    { refresh_token: "refr3sh-0" },
    "grant_type=refresh_token&client_id=fer+ry&client_secret=s3cr3t%26&refresh_token=refr3sh-0",
  ],
];
test.concurrent.each(grants)("OAuth: %s", async (_, more, body) => {
  await using server = await startServer(oauthApi());
  const authentication = { ...client, ...more, token_url: `${server.url}/token` };
  const result = await run("read", config(server.url, {}, { authentication }));
  expect(result.records("items")).toEqual([{ id: 1 }]);
  expect(server.requestsTo("/token").map((request) => request.body.toString())).toEqual([body]);
  expect(result.of("CONTROL")).toEqual([]);
});

test("a single-use refresh token is used once, and the new one kept in the config, also while discovering", async () => {
  await using server = await startServer(oauthApi());
  const authentication = {
    ...client,
    refresh_token: "refr3sh-0",
    single_use_refresh_token: true,
    token_url: `${server.url}/token`,
  };
  const endpoints = ["items", "others"].map((name) => ({ name, path: "/items" }));
  const result = await run("discover", { url_base: server.url, authentication, endpoints });
  expect(result.exitCode).toBe(0);
  expect(server.requestsTo("/token")).toHaveLength(1);
  expect(result.of("CONTROL").map(({ control }) => control.connectorConfig?.config["authentication"])).toEqual([
    expect.objectContaining({
      refresh_token: "refr3sh-1",
      access_token: "acc3ss-1",
      token_expiry_date: expect.stringMatching(/^2/) as string,
    }),
  ]);
});

test("a refused token is told, and not shown", async () => {
  await using server = await startServer({ "/items": status(401) });
  const given = config(server.url, {}, { authentication: { type: "bearer", token: "t0k3n" } });
  const checked = await run("check", given);
  expect(checked.exitCode).toBe(0);
  expect(checked.of("CONNECTION_STATUS").map(({ connectionStatus }) => connectionStatus)).toEqual([
    { status: "FAILED", message: expect.stringContaining("401") as string },
  ]);
  const read = await run("read", given);
  expect(read.exitCode).toBe(1);
  expect(read.statuses("items")).toEqual(["STARTED", "INCOMPLETE"]);
  expect(server.requestsTo("/items")).toHaveLength(2);
  expect([...checked.lines, ...read.lines].join("\n")).not.toContain("t0k3n");
});
