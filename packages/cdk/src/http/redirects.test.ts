import { expect, test } from "vitest";
import { json, text, type Reply } from "../testing/replies.ts";
import { startServer } from "../testing/server.ts";
import { isHttpFailure } from "./failure.ts";
import { openHttp } from "./send.ts";
import type { HttpRequest } from "./types.ts";

const to = (location: string, code: number): Reply => text("gone", { status: code, headers: { location } });
const signal = new AbortController().signal;

test.each<[number, string, string, boolean]>([
  [301, "GET", "GET", false],
  [301, "POST", "GET", false],
  [301, "PUT", "PUT", false],
  [302, "POST", "GET", false],
  [302, "PUT", "GET", false],
  [303, "POST", "GET", false],
  [303, "HEAD", "HEAD", false],
  [307, "POST", "POST", true],
  [308, "POST", "POST", true],
])("%i turns %s to %s, body kept: %j", async (code, method, next, keepsBody) => {
  await using server = await startServer({ "/a": () => to("/b?x=1", code), "/b": json({}) });
  const { send, close } = openHttp({});
  const headers = { Authorization: "secret", "Content-Type": "text/plain", "X-Mine": "1" };
  const body = method === "HEAD" ? {} : { body: "abc" };
  const response = await send({ method, url: `${server.url}/a#here`, headers, ...body }, { signal });
  const got = server.requestsTo("/b")[0];
  expect([got?.method, got?.body.toString(), got?.headers["content-type"] === "text/plain"]).toEqual([
    next,
    keepsBody ? "abc" : "",
    keepsBody,
  ]);
  expect([got?.headers["authorization"], got?.headers["x-mine"], response.url]).toEqual([
    "secret",
    "1",
    `${server.url}/b?x=1#here`,
  ]);
  close();
});

test("credentials stay behind when another host is asked", async () => {
  await using other = await startServer({ "/b": json({}) });
  await using server = await startServer({ "/a": () => to(`${other.url}/b`, 302) });
  const { send, close } = openHttp({});
  await send({ method: "GET", url: `${server.url}/a`, headers: { authorization: "secret", "X-Key": "k" } }, { signal });
  const { headers } = other.requests[0]!;
  expect([headers["authorization"], headers["x-key"]]).toEqual([undefined, "k"]);
  close();
});

test("a circle of redirects ends, a redirect to nowhere is an answer", async () => {
  await using server = await startServer({ "/a": () => to("/a", 302), "/b": text("?", { status: 302 }) });
  const { send, close } = openHttp({});
  const ask = (path: string): HttpRequest => ({ method: "GET", url: `${server.url}${path}`, headers: {} });
  const failed = await send(ask("/a"), { signal }).catch((error: unknown) => error);
  expect(isHttpFailure(failed) && failed.kind).toBe("redirects");
  expect(server.requests.length).toBe(31);
  expect((await send(ask("/b"), { signal })).status).toBe(302);
  close();
});
