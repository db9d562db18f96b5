import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cut, json, slow, status, text, type Reply } from "../testing/replies.ts";
import { startServer } from "../testing/server.ts";
import { createAnswerStore } from "./answer-store.ts";
import { createCache, withCache } from "./cache.ts";
import { isHttpFailure } from "./failure.ts";
import { headersOf } from "./headers.ts";
import { createResponse } from "./response.ts";
import { openHttp } from "./send.ts";
import type { HttpRequest, HttpResponse, Send } from "./types.ts";

const { signal } = new AbortController();
const long = "é".repeat(200_000);

/** Sends to a server that counts; each answer tells the count. */
async function using<T>(
  reply: (count: number) => Reply,
  test: (send: Send, url: string, asked: () => number) => Promise<T>,
): Promise<T> {
  await using server = await startServer((_, count) => reply(count));
  const http = openHttp({});
  try {
    const send = withCache(http.send, createCache(createAnswerStore({})), "stream");
    return await test(send, server.url, () => server.requests.length);
  } finally {
    http.close();
  }
}
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  url,
  headers: {},
  ...more,
});

test.each<[string, Partial<HttpRequest> & { path?: string }, boolean]>([
  ["itself", {}, true],
  ["its parameters in another order", { path: "/a?y=2&x=1" }, true],
  ["another token", { path: "/a?x=1&y=2&api_key=other", headers: { Authorization: "other" } }, false],
  ["another value", { path: "/a?x=1&y=3" }, false],
  ["a parameter without value", { path: "/a?x=1&y=2&z" }, false],
  ["another header", { headers: { "X-Version": "2" } }, false],
  ["another body", { body: "{}" }, false],
  ["another path", { path: "/b?x=1&y=2" }, false],
  ["a header against caches", { headers: { "Cache-Control": "no-cache" } }, false],
])("a request is answered by what was kept of %s", async (_, { path = "/a?x=1&y=2", ...more }, same) => {
  await using(
    (count) => json({ count }),
    async (send, url) => {
      const first = await send(get(`${url}/a?x=1&y=2`), { signal });
      const second = await send(get(`${url}${path}`, more), { signal });
      expect([first.fromCache, second.fromCache]).toEqual([false, same]);
      expect(await second.json()).toEqual(await first.json().then(() => ({ count: same ? 0 : 1 })));
    },
  );
});

test("credentials tell no requests apart", async () => {
  await using(
    (count) => json({ count }),
    async (send, url) => {
      for (const token of ["a", "b"]) {
        const response = await send(get(`${url}/?api_key=${token}`, { headers: { Authorization: token } }), { signal });
        expect(await response.json()).toEqual({ count: 0 });
      }
    },
  );
});

test.each<[string, Reply, Partial<HttpRequest>]>([
  ["a POST", json({}), { method: "POST" }],
  ["another status", status(404), {}],
  ["an answer that varies by all", json({}, { headers: { Vary: "*" } }), {}],
])("%s is not kept", async (_, reply, more) => {
  await using(
    () => reply,
    async (send, url, asked) => {
      for (const turn of [1, 2]) {
        expect((await send(get(url, more), { signal })).fromCache).toBe(false);
        expect(asked()).toBe(turn);
      }
    },
  );
});

test.each(["", "short", long])("a body of any size comes again, and again", async (body) => {
  const headers = { "content-type": "text/plain; charset=utf-8", "X-Odd": Buffer.from("ü").toString("latin1") };
  await using(
    () => text(body, { headers }),
    async (send, url, asked) => {
      for (const fromCache of [false, true, true]) {
        const response = await send(get(url), { signal });
        expect([response.fromCache, response.status, response.url]).toEqual([fromCache, 200, url]);
        expect(response.headers.get("x-odd")).toBe("Ã¼"); // as Python reads what is sent as UTF-8
        expect(await response.text()).toBe(body);
      }
      expect(asked()).toBe(1);
    },
  );
});

test("like requests at once are one; where it fails, each tries by itself", async () => {
  await using(
    (count) => slow(json({ count }), 30),
    async (send, url, asked) => {
      const all = await Promise.all([1, 2, 3].map(() => send(get(url), { signal })));
      expect([all.map(({ fromCache }) => fromCache), asked()]).toEqual([[false, true, true], 1]);
    },
  );
  await using(
    (count) => (count < 2 ? cut(text(long), 100) : json({ count })),
    async (send, url, asked) => {
      const all = await Promise.allSettled([1, 2, 3].map(() => send(get(url), { signal })));
      expect([all.map((each) => each.status), asked()]).toEqual([["rejected", "rejected", "fulfilled"], 3]);
      expect(all.every((each) => each.status === "fulfilled" || isHttpFailure(each.reason))).toBe(true);
    },
  );
});

test("streams have caches of their own", async () => {
  await using server = await startServer((_, count) => json({ count }));
  const http = openHttp({});
  const cache = createCache(createAnswerStore({}));
  for (const stream of ["a", "b", "a"]) {
    const response = await withCache(http.send, cache, stream)(get(server.url), { signal });
    expect(await response.json()).toEqual({ count: stream === "a" ? 0 : 1 });
  }
  http.close();
});

test("answers lie under REQUEST_CACHE_PATH, in a file that has no name and so cannot be left behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ferry-test-"));
  const kept = await createAnswerStore({ REQUEST_CACHE_PATH: folder }).keep(answer(["a", "b"]));
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
  expect(await (await kept(get("http://a.test/"), true)).text()).toBe("ab");
  const nowhere = createAnswerStore({ REQUEST_CACHE_PATH: folder }).keep(answer([]));
  await expect(nowhere).rejects.toThrow(`could not be kept in ${folder}`);
});

test("answers that come at the same time are kept apart", async () => {
  const store = createAnswerStore({});
  const bodies = ["1", "2", "3"].map((digit) => Array.from({ length: 7 }, () => digit.repeat(30_000)));
  const kept = await Promise.all(bodies.map((chunks) => store.keep(answer(chunks))));
  for (const [index, chunks] of bodies.entries()) {
    const again = await kept[index]!(get("http://a.test/"), true);
    expect(await again.text()).toBe(chunks.join(""));
  }
});

function answer(chunks: readonly string[]): HttpResponse {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) {
      await new Promise(setImmediate);
      yield Buffer.from(chunk);
    }
  }
  const head = { request: get("http://a.test/"), status: 200, url: "http://a.test/", fromCache: false };
  return createResponse(
    { ...head, headers: headersOf([["content-type", "text/plain; charset=utf-8"]]) },
    { chunks: body(), discard: () => Promise.resolve() },
  );
}
