import { pipeline, Readable, type Transform } from "node:stream";
import * as zlib from "node:zlib";

/** Large chunks cost a third of what zlib's usual ones do. Servers may leave out the end of a stream; browsers bear it too. */
const options = { chunkSize: 128 * 1024, finishFlush: zlib.constants.Z_SYNC_FLUSH };
const DECODERS: Readonly<Record<string, ((first: Uint8Array) => Transform) | undefined>> = {
  gzip: () => zlib.createGunzip(options),
  "x-gzip": () => zlib.createGunzip(options),
  deflate: (first) => (hasZlibHeader(first) ? zlib.createInflate(options) : zlib.createInflateRaw(options)),
  br: () => zlib.createBrotliDecompress({ chunkSize: options.chunkSize }),
  ...("createZstdDecompress" in zlib && typeof zlib.createZstdDecompress === "function"
    ? { zstd: zlib.createZstdDecompress as () => Transform }
    : {}),
};

/** The codings that a Content-Encoding names and that can be undone, the outermost first. */
export function codingsOf(contentEncoding: string | undefined): readonly string[] {
  if (contentEncoding === undefined) return [];
  const codings = contentEncoding
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim());
  return codings.every((coding) => coding in DECODERS) ? codings.reverse() : [];
}

/** A small body that is unpacked at once, without a stream. */
const SMALL = 128 * 1024;
/** Bytes that a small body may become at once. */
const LARGE = 4 * 1024 * 1024;

/** A body with its codings undone, as it arrives, or, with `held`, at once where it is small. */
export async function* decompress(
  body: AsyncIterable<Uint8Array>,
  codings: readonly string[],
  held = false,
): AsyncGenerator<Uint8Array> {
  const [outermost, ...inner] = codings;
  const chunks = body[Symbol.asyncIterator]();
  const ready: Uint8Array[] = [];
  let size = 0;
  let next = await chunks.next();
  for (; next.done !== true; next = await chunks.next()) {
    ready.push(next.value);
    size += next.value.length;
    if (!held || inner.length > 0 || size > SMALL) break;
  }
  const [first] = ready;
  if (first === undefined || outermost === undefined) return; // an empty body is not coded
  const whole = next.done === true ? unpackedAtOnce(outermost, Buffer.concat(ready)) : undefined;
  if (whole !== undefined) {
    yield whole;
    return;
  }
  const decoder = DECODERS[outermost]!(first);
  const rest = { [Symbol.asyncIterator]: () => chunks };
  // An error reaches the reader through the decoder, which the pipeline destroys.
  pipeline(Readable.from(prepend(ready, rest), { objectMode: false }), decoder, () => undefined);
  const decoded = decoder as AsyncIterable<Uint8Array>; // a zlib stream gives bytes
  try {
    yield* inner.length === 0 ? decoded : decompress(decoded, inner);
  } finally {
    // Who stops reading ends the pipeline, which would only end with the next bytes that come.
    await chunks.return?.();
  }
}

/** Undefined for what becomes too large for that, and for codings that are rare. */
function unpackedAtOnce(coding: string, bytes: Buffer): Uint8Array | undefined {
  if (!coding.endsWith("gzip")) return undefined;
  try {
    return zlib.gunzipSync(bytes, { ...options, maxOutputLength: LARGE });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}

async function* prepend(ready: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* ready;
  yield* rest;
}

/** RFC 1950 has a header; some servers send without. */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 15) === 8 && ((first << 8) | second) % 31 === 0;
}
