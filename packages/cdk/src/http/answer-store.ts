import { randomUUID } from "node:crypto";
import { closeSync, openSync, read, unlinkSync, write } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemError } from "../errors.ts";
import { entries } from "../json/value.ts";
import { headersOf } from "./headers.ts";
import type { Environment } from "./proxy.ts";
import { createResponse } from "./response.ts";
import type { HttpRequest, HttpResponse } from "./types.ts";

/** Answers kept on disk for the length of a run, under REQUEST_CACHE_PATH or where the system keeps what is temporary. */
export interface AnswerStore {
  /** Reads an answer to its end and keeps it. */
  keep(response: HttpResponse): Promise<KeptAnswer>;
}

/** Opens a kept answer, as often as wanted. */
export type KeptAnswer = (request: HttpRequest, fromCache: boolean) => Promise<HttpResponse>;

/** The file of all answers. Its name is taken away at once, so that it is gone with the process, however that ends. */
interface Spool {
  readonly descriptor: number;
  size: number;
}

/** A part of the file; answers that come at the same time lie in turns. */
interface Extent {
  readonly start: number;
  length: number;
}

/** Bytes that are written, and read, at once. */
const PART = 65_536;
const writeSome = promisify(write);
const readSome = promisify(read);

export function createAnswerStore(environment: Environment = process.env): AnswerStore {
  const folder = environment["REQUEST_CACHE_PATH"] ?? tmpdir();
  let opened: Spool | undefined;

  return {
    async keep(response) {
      const { status, url, headers } = response;
      const head = Buffer.from(JSON.stringify({ status, url, headers: entries(headers.toObject()) }));
      try {
        const spool = (opened ??= openSpool(folder));
        return openable(spool, head.length, await keepAll(spool, head, response.stream()));
      } catch (error) {
        // What the network does wrong is an HttpFailure.
        if (error instanceof Error && "syscall" in error) {
          throw systemError(`An answer could not be kept in ${folder}. Is there space, and may it be written?`, {
            cause: error,
          });
        }
        throw error;
      }
    },
  };
}

/** A run that is over, in a process that is not, gives the space back once nobody can ask for an answer any more. */
const unreachable = new FinalizationRegistry<number>(closeSync);

function openSpool(folder: string): Spool {
  const path = join(folder, `ferry-cache-${randomUUID()}`);
  const descriptor = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  const spool = { descriptor, size: 0 };
  unreachable.register(spool, descriptor);
  return spool;
}

/** Writes head and body, and gives where they lie. */
async function keepAll(spool: Spool, head: Uint8Array, body: AsyncIterable<Uint8Array>): Promise<readonly Extent[]> {
  const extents: Extent[] = [];
  let waiting: Uint8Array[] = [head];
  let size = head.length;
  for await (const chunk of body) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < PART) continue;
    await append(spool, waiting, size, extents);
    waiting = [];
    size = 0;
  }
  if (size > 0) await append(spool, waiting, size, extents);
  return extents;
}

async function append(spool: Spool, chunks: readonly Uint8Array[], length: number, extents: Extent[]): Promise<void> {
  const start = spool.size;
  spool.size += length;
  const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  for (let at = 0; at < length;) {
    at += (await writeSome(spool.descriptor, bytes, at, length - at, start + at)).bytesWritten;
  }
  const last = extents.at(-1);
  if (last !== undefined && last.start + last.length === start) last.length += length;
  else extents.push({ start, length });
}

function openable(spool: Spool, headLength: number, extents: readonly Extent[]): KeptAnswer {
  const size = extents.reduce((sum, { length }) => sum + length, 0);
  return async (request, fromCache) => {
    const chunks = chunksOf(spool, extents);
    let start: Buffer = Buffer.alloc(0);
    while (start.length < Math.min(size, headLength + PART)) {
      const next = await chunks.next();
      if (next.done === true) break;
      start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
    }
    const kept = JSON.parse(start.toString("utf8", 0, headLength)) as StoredHead; // it was written above
    const body = start.subarray(headLength);
    return createResponse(
      { status: kept.status, url: kept.url, headers: headersOf(kept.headers), request, fromCache },
      size === start.length ? body : { chunks: joined(body, chunks), discard: () => Promise.resolve() },
    );
  };
}

interface StoredHead {
  readonly status: number;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
}

async function* chunksOf(spool: Spool, extents: readonly Extent[]): AsyncGenerator<Buffer> {
  for (const { start, length } of extents) {
    for (let at = 0; at < length;) {
      const part = Buffer.allocUnsafe(Math.min(PART, length - at));
      const { bytesRead } = await readSome(spool.descriptor, part, 0, part.length, start + at);
      if (bytesRead === 0) throw systemError("An answer that was kept on disk cannot be read any more.");
      at += bytesRead;
      yield part.subarray(0, bytesRead);
    }
  }
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
