import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { systemError } from "../../../errors.ts";

/** Unpacks what begins as gzip does, all members of it; anything else comes through as it is. */
export async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  try {
    let start = Buffer.alloc(0);
    while (start.length < 2) {
      const next = await parts.next();
      if (next.done === true) break;
      start = Buffer.concat([start, next.value]);
    }
    const whole = startingWith(start, parts);
    if (start[0] === 0x1f && start[1] === 0x8b) yield* inflated(whole);
    else yield* whole;
  } finally {
    await parts.return?.();
  }
}

async function* startingWith(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* inflated(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  // A break of the connection comes out of the unpacked stream as it is; a fault of the data has a code of zlib's.
  const unpacked = pipeline(Readable.from(bytes, { objectMode: false }), createGunzip(), () => undefined);
  try {
    for await (const part of unpacked) yield part as Uint8Array; // a stream of bytes gives buffers
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && String(cause.code).startsWith("Z_"))) throw cause;
    throw systemError(`The answer's gzip data is broken: ${cause.message}.`, { cause, code: "broken-gzip" });
  }
}
