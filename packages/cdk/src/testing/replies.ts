import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

/** What a test server answers: plain data, made by the functions of this file and changed by spreading. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | AsyncIterable<Uint8Array>;
  /** The connection is destroyed after so many bytes of the body, while its head promised all of them. */
  readonly cutAfter?: number;
  /** Milliseconds to wait before the head is sent. */
  readonly delay?: number;
}

export interface ReplyOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** A JSON answer. A string is sent as it stands: so write numbers that `JSON.stringify` would change. */
export function json(value: unknown, options: ReplyOptions = {}): Reply {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return text(body, { ...options, headers: { "content-type": "application/json", ...options.headers } });
}

/** An answer whose body is a text, or bytes. */
export function text(body: string | Uint8Array, { status = 200, headers = {} }: ReplyOptions = {}): Reply {
  return { status, headers: { "content-type": "text/plain", ...headers }, body: Buffer.from(body) };
}

/** A body in chunks, each sent as soon as the one before was taken. */
export function chunked(body: AsyncIterable<Uint8Array>, { status = 200, headers = {} }: ReplyOptions = {}): Reply {
  return { status, headers, body };
}

/** An answer of this status whose body says so. */
export function status(code: number, options: Omit<ReplyOptions, "status"> = {}): Reply {
  return json({ status: code }, { ...options, status: code });
}

const compressions: Readonly<Record<"gzip" | "deflate" | "br", (body: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
};

/** The same answer, compressed, its `content-encoding` set. */
export function gzip(reply: Reply, encoding: "gzip" | "deflate" | "br" = "gzip"): Reply {
  if (!Buffer.isBuffer(reply.body)) throw new TypeError("only a whole body can be compressed here");
  const body = compressions[encoding](reply.body);
  return { ...reply, body, headers: { ...reply.headers, "content-encoding": encoding } };
}

/** The same answer, whose connection breaks after so many bytes of the body; 0 breaks it before the head. */
export function cut(reply: Reply, afterBytes: number): Reply {
  return { ...reply, cutAfter: afterBytes };
}

/** The same answer, its head held back for so long. */
export function slow(reply: Reply, milliseconds: number): Reply {
  return { ...reply, delay: milliseconds };
}

/** No answer at all: the connection stays open until the client or the server closes. */
export const silence: Reply = slow(text(""), 2 ** 31 - 1);

export async function send(reply: Reply, response: ServerResponse): Promise<void> {
  if (reply.delay !== undefined && !(await open(response, reply.delay))) return;
  const { body, cutAfter } = reply;
  if (cutAfter === 0) return void response.destroy();
  const length = Buffer.isBuffer(body) ? { "content-length": String(body.length) } : {};
  response.writeHead(reply.status, { ...length, ...reply.headers } as Record<string, string | string[]>);
  if (Buffer.isBuffer(body) && cutAfter === undefined) return void response.end(body);
  let left = cutAfter ?? Infinity;
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    await new Promise((resolve) => response.write(part, resolve));
    if (left === 0 || response.destroyed) return void response.destroy();
  }
  response.end();
}

/** Waits; false when the client went away meanwhile. */
function open(response: ServerResponse, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), milliseconds);
    response.once("close", () => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
