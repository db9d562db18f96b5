import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { json, status } from "../testing/replies.ts";
import { startServer } from "../testing/server.ts";
import { createCookieJar } from "./cookies.ts";
import { isHttpFailure } from "./failure.ts";
import { openHttp } from "./send.ts";
import type { Answer, HttpRequest, Transport } from "./types.ts";

const signal = new AbortController().signal;
const get = (url: string): HttpRequest => ({ method: "GET", url, headers: { A: "1" } });

test("a transport sees each request of a chain of redirects as it goes out, and each answer as it comes", async () => {
  await using server = await startServer({
    "/from": status(302, { headers: { location: "/to", "set-cookie": "seen=yes" } }),
    "/to": json({ ok: true }),
  });
  const seen: unknown[] = [];
  const watch: Transport = (exchange) => async (request, options) => {
    const answer = await exchange(request, options);
    const { pathname } = new URL(request.url);
    seen.push([request.method, pathname, request.headers, answer.status, options.origin?.stream]);
    return { ...answer, body: tapped(answer.body, (chunk) => seen.push(Buffer.from(chunk).toString())) };
  };
  const http = openHttp({}, watch);
  const origin = { stream: "users", slice: { partition: {}, interval: {} }, token: undefined };
  const response = await http.send(get(`${server.url}/from`), { signal, cookies: createCookieJar(), origin });
  expect(await response.json()).toEqual({ ok: true });
  expect(seen).toEqual([
    ["GET", "/from", { A: "1" }, 302, "users"],
    ["GET", "/to", { A: "1", Cookie: "seen=yes" }, 200, "users"],
    '{"ok":true}',
  ]);
  http.close();
});

async function* tapped(body: AsyncIterable<Uint8Array>, tap: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    tap(chunk);
    yield chunk;
  }
}

test("a transport may answer by itself, compressed as a server would, or fail", async () => {
  const answer = (status: number, body: Uint8Array, headers: readonly string[]): Answer => ({
    status,
    headers,
    body: (async function* () {
      yield body;
    })(),
    discard: () => Promise.resolve(),
  });
  const instead: Transport = () => async (request) => {
    if (request.url.endsWith("/gone")) throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    return answer(200, gzipSync('{"made": "up"}'), ["Content-Encoding", "gzip", "X-A", "1", "X-A", "2"]);
  };
  const { send } = openHttp({}, instead);
  const response = await send(get("http://nowhere.invalid/"), { signal });
  expect([response.status, response.headers.get("x-a"), await response.json()]).toEqual([200, "1, 2", { made: "up" }]);
  const failure = await send(get("http://nowhere.invalid/gone"), { signal }).catch((error: unknown) => error);
  expect(isHttpFailure(failure) && failure.kind).toBe("connect");
});
