import { systemError } from "../errors.ts";
import { JsonError } from "../json/json-error.ts";
import { parseJson } from "../json/parse.ts";
import type { Json } from "../json/value.ts";
import { decodeJsonText, decodeText } from "./charset.ts";
import type { HttpRequest, HttpResponse, ResponseHeaders } from "./types.ts";

export interface ResponseHead {
  readonly request: HttpRequest;
  readonly status: number;
  readonly url: string;
  readonly headers: ResponseHeaders;
  readonly fromCache: boolean;
}

/** The body behind an answer: bytes that are there, or chunks to come. */
export type Body = Uint8Array | { readonly chunks: AsyncIterable<Uint8Array>; discard(): Promise<void> };

/** An answer whose body can be read in whichever way, and whose text and JSON are made once. */
export function createResponse(head: ResponseHead, body: Body): HttpResponse {
  let kept: Promise<Uint8Array> | undefined = body instanceof Uint8Array ? Promise.resolve(body) : undefined;
  let text: Promise<string> | undefined;
  let json: Promise<Json | undefined> | undefined;
  let streamed = false;

  function take(): AsyncIterable<Uint8Array> {
    if (streamed || body instanceof Uint8Array)
      throw systemError(`The body of ${head.url} was read before and not kept.`);
    streamed = true;
    return body.chunks;
  }
  const bytes = (): Promise<Uint8Array> => (kept ??= collect(take()));
  // Member by member: a spread that more is added to costs several times as much, for each request.
  return {
    request: head.request,
    status: head.status,
    url: head.url,
    headers: head.headers,
    fromCache: head.fromCache,
    whole: body instanceof Uint8Array ? body : undefined,
    bytes,
    stream: () => (kept === undefined ? take() : once(kept)),
    text: () => (text ??= bytes().then((whole) => decodeText(whole, head.headers.get("content-type")))),
    json: () => (json ??= bytes().then((whole) => readJson(whole, head.headers.get("content-type")))),
    keep(value) {
      json = Promise.resolve(value);
    },
    async discard() {
      if (!streamed && !(body instanceof Uint8Array)) {
        streamed = true;
        await body.discard();
      }
    },
  };
}

/** Reads on until so many bytes are there. A body that ends before is returned whole. */
export async function readAhead(body: Exclude<Body, Uint8Array>, size: number): Promise<Body> {
  const iterator = body.chunks[Symbol.asyncIterator]();
  const ready: Uint8Array[] = [];
  for (let length = 0; length < size;) {
    const next = await iterator.next();
    if (next.done === true) return ready.length === 1 ? ready[0]! : Buffer.concat(ready);
    ready.push(next.value);
    length += next.value.length;
  }
  return { chunks: continued(ready, iterator), discard: () => body.discard() };
}

async function* continued(ready: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let ended = false;
  try {
    for (let chunk = ready.shift(); chunk !== undefined; chunk = ready.shift()) yield chunk;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
    ended = true;
  } finally {
    if (!ended) await rest.return?.();
  }
}

async function* once(kept: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await kept;
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all.length === 1 ? all[0]! : Buffer.concat(all);
}

function readJson(bytes: Uint8Array, contentType: string | undefined): Json | undefined {
  try {
    return parseJson(decodeJsonText(bytes, contentType));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}
