import { pipeline, Readable, type Duplex } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";
import { systemError } from "../../../errors.ts";

/**
 * Unpacks what begins as gzip does, all members of it; anything else comes through as it is.
 * @experimental
 */
export function gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return unpackedIf(bytes, (first, second) => (isGzip(first, second) ? createGunzip() : undefined));
}

/** Unpacks what begins as gzip or zlib do; anything else comes through as it is. */
export function unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return unpackedIf(bytes, (first, second) => {
    if (isGzip(first, second)) return createGunzip();
    return (first & 0x8f) === 8 && ((first << 8) | second) % 31 === 0 ? createInflate() : undefined;
  });
}

const isGzip = (first: number, second: number): boolean => first === 0x1f && second === 0x8b;

async function* unpackedIf(
  bytes: AsyncIterable<Uint8Array>,
  unpacker: (first: number, second: number) => Duplex | undefined,
): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  try {
    let start = Buffer.alloc(0);
    while (start.length < 2) {
      const next = await parts.next();
      if (next.done === true) break;
      start = Buffer.concat([start, next.value]);
    }
    const whole = startingWith(start, parts);
    const unpack = start.length < 2 ? undefined : unpacker(start[0]!, start[1]!);
    yield* unpack === undefined ? whole : through(unpack, whole);
  } finally {
    await parts.return?.();
  }
}

async function* startingWith(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* through(unpack: Duplex, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // A break of the connection comes out of the unpacked stream as it is; a fault of the data has a code of zlib's.
  const stream = pipeline(Readable.from(bytes, { objectMode: false }), unpack, () => undefined);
  try {
    for await (const part of stream) yield part as Uint8Array; // a stream of bytes gives buffers
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_"))) throw cause;
    throw systemError(`The answer's gzip data is broken: ${cause.message}.`, { cause, code: "broken-gzip" });
  }
}
