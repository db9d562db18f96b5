import { createServer, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { chunked, cut, gzip, json, silence, slow, status, text, type Reply } from "../testing/replies.ts";
import { startServer, type ReceivedRequest, type TestServer } from "../testing/server.ts";
import { isHttpFailure } from "./failure.ts";
import { openHttp, type Http } from "./send.ts";
import type { HttpRequest, HttpResponse, SendOptions } from "./types.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(reply: Reply | ((request: ReceivedRequest, count: number) => Reply)): Promise<TestServer> {
  const server = await startServer(typeof reply === "function" ? reply : () => reply);
  open.push(() => server.close());
  return server;
}
function http(environment = {}): Http {
  const opened = openHttp(environment);
  open.push(() => opened.close());
  return opened;
}
const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  url,
  headers: {},
  ...more,
});
const ask = (request: HttpRequest, options: Partial<SendOptions> = {}): Promise<HttpResponse> =>
  http().send(request, { signal: new AbortController().signal, ...options });
const failure = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer;
  } catch (error) {
    if (isHttpFailure(error)) return error.kind;
    throw error;
  }
  return "no failure";
};

test("sends method, target, headers and body as they are", async () => {
  const server = await serve(json({ ok: true }));
  const request = {
    method: "POST",
    url: `${server.url}/a%20b/[x]?q=[1]&r=é#f`,
    headers: { "X-Custom": "ü" },
    body: '{"é": 1}',
  };
  const response = await ask(request);
  expect(await response.json()).toEqual({ ok: true });
  const [got] = server.requests;
  expect([
    got?.method,
    got?.target,
    got?.headers["x-custom"],
    got?.headers["content-length"],
    got?.body.toString(),
  ]).toEqual(["POST", "/a%20b/%5Bx%5D?q=%5B1%5D&r=%C3%A9", "ü", "9", '{"é": 1}']);
});

test("sends a body with GET, an empty POST, and none of the headers that belong to the connection", async () => {
  const server = await serve(text("ok"));
  await ask(get(`${server.url}/a`, { body: "x=1", headers: { "Content-Length": "99", Expect: "100-continue" } }));
  await ask(get(`${server.url}/b`, { method: "POST" }));
  const [first, second] = server.requests;
  expect([first?.body.toString(), first?.headers["content-length"], second?.headers["content-length"]]).toEqual([
    "x=1",
    "3",
    "0",
  ]);
});

test("gives headers with the names as sent, found in any case, several joined", async () => {
  const server = await serve(text("", { headers: { "X-One": "1", Link: ["<a>", "<b>"], "X-Two": "é" } }));
  const { headers } = await ask(get(server.url));
  expect([headers.get("x-one"), headers.get("LINK"), headers.get("x-none")]).toEqual(["1", "<a>, <b>", undefined]);
  expect(Object.keys(headers.toObject())).toEqual(expect.arrayContaining(["X-One", "Link", "X-Two"]));
});

const long = "0123456789".repeat(100_000);
test.each([
  ["gzip", gzip(text(long))],
  ["deflate", gzip(text(long), "deflate")],
  ["br", gzip(text(long), "br")],
  ["no coding", text(long)],
  ["an unknown coding", text(long, { headers: { "content-encoding": "aws-chunked" } })],
])("reads a body with %s, as a stream and whole, with and without reading ahead", async (_, reply) => {
  const server = await serve(reply);
  for (const ahead of [undefined, 10, 2_000_000]) {
    const whole = await ask(get(server.url), { ahead });
    expect([await whole.text(), (await whole.bytes()).length]).toEqual([long, long.length]);
    let streamed = "";
    for await (const chunk of (await ask(get(server.url), { ahead })).stream())
      streamed += Buffer.from(chunk).toString();
    expect(streamed).toBe(long);
  }
});

test("an empty body with a coding is empty", async () => {
  const server = await serve(text("", { headers: { "content-encoding": "gzip" } }));
  expect(await (await ask(get(server.url))).text()).toBe("");
});

test("a body is streamed once, but kept bytes as often as wanted", async () => {
  const server = await serve(text("abc"));
  const response = await ask(get(server.url));
  response.stream();
  expect(() => response.stream()).toThrow("read before");
  const kept = await ask(get(server.url), { ahead: 100 });
  kept.stream();
  expect(await kept.text()).toBe("abc");
});

test.each<[string, Reply, Partial<SendOptions>]>([
  ["connect", cut(text("abc"), 0), {}],
  ["timeout", silence, { readTimeout: 0.2 }],
  ["chunked-encoding", cut(text(long), 500), { ahead: long.length }],
  ["decompression", text("no gzip", { headers: { "content-encoding": "gzip" } }), { ahead: 10 }],
])("names a failure %s", async (kind, reply, options) => {
  const server = await serve(reply);
  expect(await failure(ask(get(server.url), options))).toBe(kind);
});

test("names failures before and behind the head of the answer", async () => {
  const server = await serve(cut(text(long), 500));
  const response = await ask(get(server.url));
  expect(await failure(response.bytes())).toBe("chunked-encoding");
  await server.close();
  expect(await failure(ask(get(server.url)))).toBe("connect");
  expect(await failure(ask(get("http://no-such-host.invalid/")))).toBe("connect");
  expect(await failure(ask(get("ftp://127.0.0.1/")))).toBe("invalid-scheme");
});

test("an answer that breaks off before it is read is a failure, and does not wait for ever", async () => {
  const server = await serve(cut(text("x".repeat(100)), 20));
  const response = await ask(get(server.url));
  await wait(50); // the connection breaks in the meantime
  expect(await failure(response.bytes())).toBe("chunked-encoding");
});

test("an abort ends a request with its reason, before, while and after the head comes", async () => {
  const server = await serve((request) => (request.path === "/body" ? chunked(endless()) : slow(text(""), 60_000)));
  const controller = new AbortController();
  const sender = http();
  const options = { signal: controller.signal };
  const waiting = sender.send(get(`${server.url}/head`), options);
  const body = (await sender.send(get(`${server.url}/body`), options)).bytes();
  setTimeout(() => controller.abort(new Error("stopped")), 50);
  await expect(waiting).rejects.toThrow("stopped");
  await expect(body).rejects.toThrow("stopped");
  await expect(sender.send(get(server.url), options)).rejects.toThrow("stopped");
});

test("an abort ends a request that has no connection yet", async () => {
  const server = await serve(slow(text(""), 60_000));
  const controller = new AbortController();
  const waiting = http().send(get(server.url), { signal: controller.signal });
  controller.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
  expect(server.requests).toEqual([]);
});

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield Buffer.alloc(1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("keeps connections, also of answers that are let go", async () => {
  const server = await serve((request) => (request.path === "/s" ? status(500) : text("ok")));
  const sender = http();
  const options = { signal: new AbortController().signal };
  for (let count = 0; count < 20; count++) await (await sender.send(get(`${server.url}/s`), options)).discard();
  for (let count = 0; count < 20; count++) await (await sender.send(get(server.url), options)).text();
  expect(new Set(server.requests.map(({ headers }) => headers["connection"]))).toEqual(new Set(["keep-alive"]));
});

test("many requests at once do not warn of listeners", async () => {
  const warnings: string[] = [];
  const listen = (warning: Error): void => void warnings.push(warning.message);
  process.on("warning", listen);
  const server = await serve(slow(text("ok"), 20));
  const sender = http();
  const options = { signal: new AbortController().signal };
  await Promise.all(Array.from({ length: 60 }, async () => (await sender.send(get(server.url), options)).text()));
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

test("silence counts against the server only while its body is waited for", async () => {
  const server = await serve(text("x".repeat(3_000_000)));
  const response = await ask(get(server.url), { readTimeout: 0.5 });
  const chunks = response.stream()[Symbol.asyncIterator]();
  let size = 0;
  size += ((await chunks.next()).value as Uint8Array).length;
  await new Promise((resolve) => setTimeout(resolve, 700));
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) size += next.value.length;
  expect(size).toBe(3_000_000);
});

test("what was read ahead of a body can be let go", async () => {
  const server = await serve(chunked(endless()));
  await (await ask(get(server.url), { ahead: 2000 })).discard();
});

test("headers go over the wire in their order, those of the connection around them", async () => {
  const lines: string[] = [];
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      lines.push(...data.toString("latin1").split("\r\n"));
      socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  await ask(get(`http://127.0.0.1:${port}/`, { method: "POST", headers: { B: "2", "x-A": "é" }, body: "ü" }));
  const head = ["POST / HTTP/1.1", `host: 127.0.0.1:${port}`, "connection: keep-alive", "B: 2", "x-A: é"];
  expect(lines.slice(0, 7)).toEqual([...head, "content-length: 2", ""]);
});
