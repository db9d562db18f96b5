import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { chunked, cut, gzip, json, silence, slow, status, text } from "./replies.ts";
import { startServer } from "./server.ts";

test("routes answer by method and path, by path, or with 404", async () => {
  await using server = await startServer({
    "GET /users": ({ query }, count) => json({ page: query.get("page"), count }),
    "POST /users": (request) => json(request.json(), { status: 201 }),
    "/fixed": status(503, { headers: { "retry-after": "2" } }),
  });
  const ask = async (path: string, init?: RequestInit): Promise<[number, string]> => {
    const answer = await fetch(server.url + path, init);
    return [answer.status, await answer.text()];
  };
  expect(await ask("/users?page=2")).toEqual([200, '{"page":"2","count":0}']);
  expect(await ask("/users")).toEqual([200, '{"page":null,"count":1}']);
  expect(await ask("/users", { method: "POST", body: "[1]" })).toEqual([201, "[1]"]);
  expect(await ask("/fixed")).toEqual([503, '{"status":503}']);
  expect(await ask("/else")).toEqual([404, "no route for GET /else"]);
  expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
    "GET /users?page=2",
    "GET /users",
    "POST /users",
    "GET /fixed",
    "GET /else",
  ]);
  expect(server.requestsTo("/users")).toHaveLength(3);
});

test("a JSON text is sent as it stands", async () => {
  await using server = await startServer(() => json("[1.0,12345678901234567890]"));
  expect(await (await fetch(server.url)).text()).toBe("[1.0,12345678901234567890]");
});

test("bodies are compressed, chunked, cut, late or never come", async () => {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from("a");
    yield Buffer.from("b");
  }
  await using server = await startServer({
    "/gzip": gzip(text("hello")),
    "/chunked": () => chunked(chunks()),
    "/cut": cut(text("hello"), 2),
    "/reset": cut(text("hello"), 0),
    "/slow": slow(text("late"), 20),
    "/silence": silence,
  });
  const zipped = await fetch(`${server.url}/gzip`);
  expect([zipped.headers.get("content-encoding"), await zipped.text()]).toEqual(["gzip", "hello"]);
  expect(gunzipSync(gzip(text("hello")).body as Buffer).toString()).toBe("hello");
  expect(await (await fetch(`${server.url}/chunked`)).text()).toBe("ab");
  const broken = await fetch(`${server.url}/cut`);
  expect(broken.headers.get("content-length")).toBe("5");
  await expect(broken.text()).rejects.toThrow();
  await expect(fetch(`${server.url}/reset`)).rejects.toThrow();
  expect(await (await fetch(`${server.url}/slow`)).text()).toBe("late");
  await expect(fetch(`${server.url}/silence`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
});
