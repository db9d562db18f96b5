import { Buffer } from "node:buffer";
import { decompress, codingsOf } from "../../http/decompress.ts";
import { responseHeaders } from "../../http/headers.ts";
import type { HttpRequest, RequestOrigin, Transport } from "../../http/types.ts";

/** A request and its answer, once the answer is read, given up or never came. */
export interface SeenExchange {
  readonly request: HttpRequest;
  readonly origin: RequestOrigin | undefined;
  /** When the request went out. */
  readonly startedAt: Date;
  /** Milliseconds until the answer began, and until it ended. */
  readonly waited: number;
  readonly took: number;
  readonly status: number | undefined;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** Bytes of the body on the wire. */
  readonly bytes: number;
  /** The beginning of the body, decompressed; empty unless it is wanted. */
  readonly body: Buffer;
  readonly error: string | undefined;
}

export interface SeenOptions {
  /** So many bytes of each body are kept. */
  readonly keep?: number | undefined;
  /** Told when the head of an answer is there, or it is known that none comes. */
  onHead?(exchange: Omit<SeenExchange, "bytes" | "body" | "took">): void;
  onEnd?(exchange: SeenExchange): void;
}

export interface ExchangeWatch {
  readonly transport: Transport;
  /** Settles when all that ended so far was told. */
  settled(): Promise<void>;
}

/** Tells of each exchange, in the order in which they end. */
export function watchExchanges({ keep = 0, onHead, onEnd }: SeenOptions): ExchangeWatch {
  let told = Promise.resolve(); // bodies are unpacked one after the other
  const transport: Transport = (exchange) => async (request, options) => {
    const { origin } = options;
    const startedAt = new Date();
    const start = performance.now();
    const seen = { request, origin, startedAt };
    try {
      const answer = await exchange(request, options);
      const { status, headers } = answer;
      const head = { ...seen, status, headers, waited: performance.now() - start, error: undefined };
      onHead?.(head);
      let isTold = false;
      const end = (chunks: readonly Uint8Array[], bytes: number, error?: unknown): void => {
        if (isTold) return;
        isTold = true;
        const fault = error === undefined ? undefined : String(error);
        const took = performance.now() - start;
        const tell = (body: Buffer): void => onEnd?.({ ...head, took, bytes, body, error: fault });
        if (keep === 0) return tell(Buffer.alloc(0));
        const coding = responseHeaders(headers).get("content-encoding");
        told = told.then(async () => tell(await plainBody(chunks, coding)));
      };
      return {
        ...answer,
        body: followed(answer.body, keep, end),
        discard() {
          end([], 0);
          return answer.discard();
        },
      };
    } catch (error) {
      const waited = performance.now() - start;
      const failed = { ...seen, status: undefined, headers: [], waited, error: String(error) };
      onHead?.(failed);
      const tell = (): void => onEnd?.({ ...failed, took: waited, bytes: 0, body: Buffer.alloc(0) });
      if (keep === 0) tell();
      else told = told.then(tell);
      throw error;
    }
  };
  return { transport, settled: () => told };
}

async function* followed(
  body: AsyncIterable<Uint8Array>,
  keep: number,
  end: (chunks: readonly Uint8Array[], bytes: number, error?: unknown) => void,
): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      if (bytes < keep) chunks.push(Buffer.from(chunk)); // the chunk's memory may be used again
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    end(chunks, bytes, error);
    throw error;
  } finally {
    end(chunks, bytes);
  }
}

/** What is there of a body, without its compression as far as that can be undone. */
async function plainBody(chunks: readonly Uint8Array[], encoding: string | undefined): Promise<Buffer> {
  const codings = codingsOf(encoding);
  if (codings.length === 0) return Buffer.concat(chunks);
  const plain: Uint8Array[] = [];
  try {
    for await (const chunk of decompress(given(chunks), codings)) plain.push(chunk);
  } catch {
    // It was cut: what came before is shown.
  }
  return Buffer.concat(plain);
}

async function* given(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
