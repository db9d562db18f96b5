import { isUtf8 } from "node:buffer";
import { configError, isConnectorError } from "ferry-cdk";
import { textDecoder, unfinished } from "ferry-cdk/files";

/**
 * A text as UTF-8 without its byte order mark. Without an encoding it is UTF-8, or what its mark says.
 * @throws a config error where the bytes are none of the encoding
 */
export async function* utf8(bytes: AsyncIterable<Uint8Array>, encoding: string | undefined): AsyncGenerator<Buffer> {
  let text: AsyncGenerator<Buffer> | undefined;
  const parts = bytes[Symbol.asyncIterator]();
  try {
    let start: Buffer = Buffer.alloc(0);
    while (start.length < 4) {
      const next = await parts.next();
      if (next.done === true) break;
      start = start.length === 0 ? asBuffer(next.value) : Buffer.concat([start, next.value]);
    }
    const name = encoding ?? markOf(start);
    const all = startingWith(start, parts);
    text = isName(name, "utf8") ? checked(all) : transcoded(all, name);
    yield* withoutMark(text);
  } finally {
    await parts.return?.();
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const isName = (encoding: string, name: string): boolean =>
  encoding
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/sig$/, "") === name;

function markOf(start: Buffer): string {
  if (start.length >= 2 && start.readUInt16BE(0) === 0xfffe) return "utf-16-le";
  return start.length >= 2 && start.readUInt16BE(0) === 0xfeff ? "utf-16-be" : "utf-8";
}

async function* startingWith(start: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield asBuffer(next.value);
}

async function* withoutMark(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const part of text) {
    const isMarked = first && part.length >= 3 && part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf;
    if (part.length > 0) first = false;
    yield isMarked ? part.subarray(3) : part;
  }
}

async function* transcoded(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  try {
    const decode = await textDecoder(encoding);
    for await (const part of bytes) yield Buffer.from(decode(part, false));
    yield Buffer.from(decode(new Uint8Array(0), true));
  } catch (cause) {
    const code = isConnectorError(cause) ? cause.code : undefined;
    if (code !== "undecodable-text" && code !== "unknown-encoding") throw cause;
    const detail = code === "unknown-encoding" ? "which is no encoding" : "but the file is in another one";
    throw configError(`/reader_options/encoding is ${JSON.stringify(encoding)}, ${detail}. ${HINT}`, {
      cause,
      code: "encoding",
    });
  }
}

const HINT = 'Try "utf-8", "cp1252" (Western Windows), "iso-8859-1" or "utf-16".';

/** The bytes as they are, cut between characters. */
async function* checked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer | undefined;
  let before = 0;
  for await (const part of bytes) {
    const all: Buffer = rest === undefined ? part : Buffer.concat([rest, part]);
    const end = all.length - unfinished(all);
    const whole = end === all.length ? all : all.subarray(0, end);
    rest = end === all.length ? undefined : all.subarray(end);
    if (!isUtf8(whole)) throw notUtf8(whole, before);
    before += whole.length;
    yield whole;
  }
  if (rest !== undefined) throw notUtf8(rest, before);
}

function notUtf8(bytes: Buffer, before: number): Error {
  let good = 0;
  for (let size = sizeOf(bytes, 0); size > 0; size = sizeOf(bytes, good)) good += size;
  const context = bytes.toString("utf8", Math.max(0, good - 20), good).replace(/^\ufffd+/, "");
  const byte = `0x${(bytes[good] ?? 0).toString(16).padStart(2, "0")}`;
  return configError(
    `The file is not in UTF-8: byte ${before + good + 1} is ${byte}, behind ${JSON.stringify(context)}. ` +
      `Name its encoding in /reader_options/encoding. ${HINT}`,
    { code: "encoding" },
  );
}

/** The size of the character at this place, 0 where there is none. */
function sizeOf(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0xff;
  const size = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  return at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)) ? size : 0;
}
