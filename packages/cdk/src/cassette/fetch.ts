import { headerPairs } from "../http/headers.ts";
import type { Answer, Exchange, HttpRequest } from "../http/types.ts";

/**
 * Leads this process's `fetch` through a function around exchanges, as connectors written in code may use it. An answer
 * is one exchange, at the end of all redirects.
 * @returns a function that gives the process its own `fetch` back
 */
export function routeFetch(around: (exchange: Exchange) => Exchange): () => void {
  const own = globalThis.fetch;
  const exchange = around(async (request, { signal }) => {
    const { method, url, headers, body = null } = request;
    const answer = await own(url, { method, headers, body: body as string | null, signal }); // bytes do as well
    return {
      status: answer.status,
      // What fetch gives is decompressed, its headers tell of how it came.
      headers: [...answer.headers].filter(([name]) => name !== "content-encoding").flat(),
      body: chunksOf(answer.body),
      discard: async () => answer.body?.cancel(),
    };
  });
  const routed: typeof fetch = async (input, init) => {
    const asked = new Request(input, init);
    const bytes = asked.body === null ? undefined : new Uint8Array(await asked.arrayBuffer());
    const request: HttpRequest = {
      method: asked.method,
      url: asked.url,
      headers: Object.fromEntries(asked.headers),
      ...(bytes === undefined ? {} : { body: bytes }),
    };
    return responseOf(await exchange(request, { signal: asked.signal }), asked.url);
  };
  globalThis.fetch = routed;
  return () => {
    if (globalThis.fetch === routed) globalThis.fetch = own;
  };
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body as unknown as AsyncIterable<Uint8Array>; // Node's streams are iterable
}

function responseOf({ status, headers, body }: Answer, url: string): Response {
  const chunks = body[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  const isEmpty = status === 101 || status === 204 || status === 205 || status === 304;
  const response = new Response(isEmpty ? null : stream, { status, headers: headerPairs(headers) });
  Object.defineProperty(response, "url", { value: url });
  return response;
}
