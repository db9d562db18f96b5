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

/** A body with its codings undone, as it arrives. */
export async function* decompress(
  body: AsyncIterable<Uint8Array>,
  codings: readonly string[],
): AsyncGenerator<Uint8Array> {
  const [outermost, ...inner] = codings;
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true || outermost === undefined) return; // an empty body is not coded
  const decoder = DECODERS[outermost]!(first.value);
  const rest = { [Symbol.asyncIterator]: () => chunks };
  // An error reaches the reader through the decoder, which the pipeline destroys.
  pipeline(Readable.from(prepend(first.value, rest)), decoder, () => undefined);
  const decoded = decoder as AsyncIterable<Uint8Array>; // a zlib stream gives bytes
  yield* inner.length === 0 ? decoded : decompress(decoded, inner);
}

async function* prepend(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** RFC 1950 has a header; some servers send without. */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 15) === 8 && ((first << 8) | second) % 31 === 0;
}
