import { once } from "node:events";
import { Agent, request as requestByNode } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { random } from "../../../test/random.ts";
import { openConnections } from "../connections.ts";
import { createExchange } from "../exchange.ts";

/** Answers in all the forms that HTTP/1.1 allows, cut anywhere: ours and Node's own client have to read the same. */
const ANSWERS = 400;
const AT_ONCE = 8;

interface Written {
  readonly method: string;
  readonly bytes: Buffer;
  readonly closes: boolean;
  readonly read: Read;
}
interface Read {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

let server: Server;
let origin: string;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    let asked = "";
    socket
      .setNoDelay(true)
      .on("error", () => undefined)
      .on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      asked += chunk.toString("latin1");
      if (!asked.endsWith("\r\n\r\n")) return;
      const seed = Number(/^\w+ \/(\d+) /.exec(asked)![1]);
      asked = "";
      send(socket, answerOf(seed), randomOf(seed + 1_000_000));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  for (const socket of sockets) socket.destroy();
});

test("answers in any form, cut anywhere, are read as Node's own client reads them", async () => {
  const connections = openConnections({}, false);
  const exchange = createExchange(connections);
  const agent = new Agent({ keepAlive: true });
  const { signal } = new AbortController();
  let next = 0;
  async function compare(): Promise<void> {
    while (next < ANSWERS) {
      const seed = next++;
      const { method, read } = answerOf(seed);
      const url = `${origin}/${seed}`;
      const { status, headers, body } = await exchange({ method, url, headers: {} }, { signal });
      expect({ seed, status, headers, body: await textOf(body) }).toEqual({ seed, ...read });
      expect({ seed, ...(await byNode(method, url, agent)) }).toEqual({ seed, ...read });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, compare));
  connections.close();
  agent.destroy();
});

function byNode(method: string, url: string, agent: Agent): Promise<Read> {
  return new Promise((resolve, reject) => {
    requestByNode(url, { method, agent }, (answer) => {
      textOf(answer as AsyncIterable<Uint8Array>).then(
        (body) => resolve({ status: answer.statusCode!, headers: answer.rawHeaders, body }),
        reject,
      );
    })
      .on("error", reject)
      .end();
  });
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

/** Sends the bytes in pieces, each when the one before has left. */
function send(socket: Socket, { bytes, closes }: Written, { below }: Random): void {
  let at = 0;
  const next = (): void => {
    if (at === bytes.length) {
      if (closes) socket.end();
      return;
    }
    const size = below(4) === 0 ? below(4) + 1 : below(bytes.length) + 1;
    socket.write(bytes.subarray(at, (at = Math.min(at + size, bytes.length))), () => setImmediate(next));
  };
  next();
}

function answerOf(seed: number): Written {
  const { below, pick } = randomOf(seed);
  const method = below(10) === 0 ? "HEAD" : "GET";
  const status = pick([200, 200, 200, 201, 204, 304, 404, 429, 500, 599]);
  const headers: string[] = [];
  const header = (name: string, value: string): void => void headers.push(pick([name, name.toLowerCase()]), value);
  for (let count = below(4); count > 0; count--) {
    header(
      `X-${pick(["A", "B", "Odd_Name", "~"])}`,
      pick(["", "a", "a, b", "caf\xe9", 'a: b;c="d"', "x".repeat(below(5000))]),
    );
  }
  const text = Array.from({ length: below(20) }, () =>
    pick(["{}", "\r\n", "0\r\n\r\n", "\xff", "row ".repeat(below(2000))]),
  ).join("");
  const framing = pick(["length", "chunked", "close"] as const);
  if (framing === "length") header("Content-Length", String(text.length));
  if (framing === "chunked") header("Transfer-Encoding", pick(["chunked", "Chunked"]));
  if (framing === "close") header("Connection", "close");
  const has = method !== "HEAD" && status !== 204 && status !== 304;
  const body = !has ? "" : framing === "chunked" ? chunksOf(text, { below, pick }) : text;
  const before = pick(["", "", "", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"]);
  const reason = pick([" OK", " ", " Not 200 at all"]);
  let lines = "";
  for (let index = 0; index < headers.length; index += 2) {
    lines += `${headers[index]}:${pick(["", " ", " \t"])}${headers[index + 1]}${pick(["", " "])}\r\n`;
  }
  return {
    method,
    bytes: Buffer.from(`${before}HTTP/1.1 ${status}${reason}\r\n${lines}\r\n${body}`, "latin1"),
    closes: framing === "close",
    read: { status, headers, body: has ? text : "" },
  };
}

function chunksOf(text: string, { below, pick }: Random): string {
  let chunks = "";
  for (let at = 0; at < text.length;) {
    const part = text.slice(at, (at += below(3) === 0 ? 1 : below(text.length) + 1));
    const size = part.length.toString(16);
    chunks += `${pick(["", "0", "000"])}${pick([size, size.toUpperCase()])}${pick(["", ";a=b", ";a"])}\r\n${part}\r\n`;
  }
  return `${chunks}${pick(["0", "00"])}\r\n${pick(["", "", "X-Sum: 1\r\n"])}\r\n`;
}

interface Random {
  readonly below: (limit: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
}

function randomOf(seed: number): Random {
  const below = random(seed);
  return { below, pick: (choices) => choices[below(choices.length)]! };
}
