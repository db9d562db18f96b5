import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { isHttpFailure } from "../failure.ts";
import { openHttp } from "../send.ts";
import type { HttpResponse, SendOptions } from "../types.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface RawServer {
  readonly url: string;
  /** How many requests came over each connection. */
  readonly counts: readonly number[];
  readonly sockets: readonly Socket[];
}

/** A server whose answers are written out; `answer` gets the number of the connection and of the request on it. */
async function serve(answer: (socket: Socket, connection: number, request: number) => void): Promise<RawServer> {
  const counts: number[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = counts.push(0) - 1;
    sockets.push(socket);
    socket.on("error", () => undefined).on("data", () => answer(socket, connection, counts[connection]!++));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, counts, sockets };
}

function asking(): (url: string, options?: Partial<SendOptions>, method?: string) => Promise<HttpResponse> {
  const { send, close } = openHttp({});
  open.push(close);
  const { signal } = new AbortController();
  return (url, options, method = "GET") => send({ method, url, headers: {} }, { signal, ...options });
}
const textOf = async (answer: Promise<HttpResponse>): Promise<string> => {
  try {
    return await (await answer).text();
  } catch (error) {
    return isHttpFailure(error) ? error.kind : String(error);
  }
};

const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
test.each<[string, string, string, boolean]>([
  ["a length", OK, "ok", true],
  ["chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "ok", true],
  [
    "an answer announced before",
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${OK}`,
    "ok",
    true,
  ],
  ["a server that closes", OK.replace("\r\n", "\r\nconnection: close\r\n"), "ok", false],
  ["HTTP/1.0", OK.replace("1.1", "1.0"), "ok", false],
  ["more than the answer", `${OK}${OK}`, "ok", false],
  ["no time for idle connections", OK.replace("\r\n", "\r\nkeep-alive: timeout=1\r\n"), "ok", false],
  ["time for idle connections", OK.replace("\r\n", "\r\nkeep-alive: timeout=9, max=5\r\n"), "ok", true],
  ["no HTTP", "SSH-2.0-OpenSSH_9.0\r\n", "connect", false],
  ["two lengths", OK.replace("\r\n", "\r\ncontent-length: 3\r\n"), "connect", false],
  ["a head without an end", `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(30_000)}`, "connect", false],
  [
    "a broken chunk",
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok!\r\n0\r\n\r\n",
    "chunked-encoding",
    false,
  ],
])("after %s the connection is kept, or not", async (_, bytes, text, kept) => {
  const ask = asking();
  const server = await serve((socket) => void socket.write(bytes, "latin1"));
  expect([await textOf(ask(server.url)), await textOf(ask(server.url))]).toEqual([text, text]);
  expect(server.counts).toEqual(kept ? [2] : [1, 1]);
});

test("an answer may arrive byte by byte", async () => {
  const ask = asking();
  const server = await serve((socket) => {
    const bytes = Buffer.from("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx: y\r\n\r\n");
    let at = 0;
    const next = (): void => {
      if (at < bytes.length) socket.write(bytes.subarray(at, ++at), () => setImmediate(next));
    };
    socket.setNoDelay(true);
    next();
  });
  expect([await textOf(ask(server.url)), await textOf(ask(server.url))]).toEqual(["ok", "ok"]);
  expect(server.counts).toEqual([2]);
});

test.each<[string, string, string]>([
  ["before the head", "", "connect"],
  ["within the head", "HTTP/1.1 200 OK\r\n", "connect"],
  ["within a body of a length", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok", "chunked-encoding"],
  ["within a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nok", "chunked-encoding"],
  ["behind the last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n", "ok"],
  ["which ends the body", "HTTP/1.1 200 OK\r\n\r\nok", "ok"],
])("a connection that the server closes %s", async (_, bytes, expected) => {
  const server = await serve((socket) => void socket.end(bytes));
  expect(await textOf(asking()(server.url))).toBe(expected);
});

test("an answer to HEAD has no body, and the connection goes on", async () => {
  const ask = asking();
  const server = await serve((socket, _, request) => void socket.write(request === 0 ? OK.slice(0, -2) : OK));
  expect([await textOf(ask(server.url, {}, "HEAD")), await textOf(ask(server.url))]).toEqual(["", "ok"]);
  expect(server.counts).toEqual([2]);
});

test("a connection that the server closed meanwhile is not used again", async () => {
  const ask = asking();
  const server = await serve((socket) => void socket.write(OK));
  await textOf(ask(server.url));
  server.sockets[0]!.end();
  await once(server.sockets[0]!, "close");
  expect(await textOf(ask(server.url))).toBe("ok");
  expect(server.counts).toEqual([1, 1]);
});

test.each(["GET", "POST"])(
  "a connection that was closed, which nobody could see yet, does no harm to a %s",
  async (method) => {
    const ask = asking();
    const server = await serve((socket) => void socket.write(OK));
    await textOf(ask(server.url));
    server.sockets[0]!.destroy();
    const start = performance.now();
    while (performance.now() - start < 10); // busy with what it got
    expect(await textOf(ask(server.url, {}, method))).toBe("ok");
    expect(server.counts).toEqual([1, 1]);
  },
);

test.each(["GET", "POST"])("where a server closes a kept connection at a %s, that has failed", async (method) => {
  const ask = asking();
  const server = await serve((socket, _, request) => (request === 0 ? socket.write(OK) : socket.end()));
  await textOf(ask(server.url));
  expect(await textOf(ask(server.url, {}, method))).toBe("connect");
  expect(server.counts).toEqual([2]);
});

test("an answer counts that comes while the body is being sent, though the server closes on it", async () => {
  const early = "HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig";
  const server = await serve((socket) => {
    socket.pause().write(early, () => socket.destroy());
  });
  const { send, close } = openHttp({});
  open.push(close);
  const { signal } = new AbortController();
  const request = { method: "POST", url: server.url, headers: {}, body: Buffer.alloc(4_000_000) };
  const answer = await send(request, { signal });
  expect([answer.status, await answer.text()]).toEqual([413, "big"]);
});

test("requests at once take a connection each, those after them the ones that are free", async () => {
  const ask = asking();
  const server = await serve((socket) => void setTimeout(() => socket.write(OK), 5));
  for (let round = 0; round < 3; round++) await Promise.all([1, 2, 3].map(() => textOf(ask(server.url))));
  expect(server.counts).toEqual([3, 3, 3]);
});

test("who stops reading a compressed body that does not go on lets its connection go", async () => {
  const zipped = gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, at) => at).join()), { level: 0 });
  const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${zipped.length}\r\n\r\n`;
  const server = await serve((socket) => {
    socket.write(head);
    socket.write(zipped.subarray(0, 1000));
  });
  for await (const chunk of (await asking()(server.url)).stream()) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  if (!server.sockets[0]!.destroyed) await once(server.sockets[0]!, "close");
});

test("who stops while waiting for more of a body lets its connection go", async () => {
  const server = await serve((socket) => void socket.write(OK.replace("2", "9")));
  const chunks = (await asking()(server.url)).stream()[Symbol.asyncIterator]();
  expect((await chunks.next()).done).toBe(false);
  const waiting = chunks.next();
  await chunks.return!();
  expect((await waiting).done).toBe(true);
  if (!server.sockets[0]!.destroyed) await once(server.sockets[0]!, "close");
});

test("a body that nobody reads holds the server back; one that is read whole frees its connection before", async () => {
  const ask = asking();
  const size = 8_000_000;
  const server = await serve((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size));
  });
  const response = await ask(server.url);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(server.sockets[0]!.writableLength).toBeGreaterThan(0);
  expect((await response.bytes()).length).toBe(size);
  expect((await (await ask(server.url)).bytes()).length).toBe(size);
  expect(server.counts).toEqual([2]);
});
