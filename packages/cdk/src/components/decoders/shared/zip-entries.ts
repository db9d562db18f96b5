import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { systemError } from "../../../errors.ts";

/** @experimental */
export interface ZipEntry {
  readonly name: string;
  unpack(): AsyncIterable<Uint8Array>;
}

/**
 * An archive of which any part can be read. A part beyond its end is shorter than what was asked for.
 * @experimental
 */
export interface ZipArchive {
  readonly size: number;
  read(from: number, to: number): Promise<Buffer>;
}

/**
 * The files of a zip archive in the order of its directory. Folders are left out. Its directory alone is kept in memory.
 * @experimental
 */
export async function zipEntries(archive: ZipArchive): Promise<ZipEntry[]> {
  try {
    const { directory, shift } = await directoryOf(archive);
    return [...entriesOf(archive, directory, shift)];
  } catch (error) {
    throw error instanceof RangeError ? broken("it is cut off") : error; // a read beyond the buffer's end
  }
}

/** An archive that is in memory. */
export const zipInMemory = (archive: Buffer): ZipArchive => ({
  size: archive.length,
  read: async (from, to) => archive.subarray(Math.max(0, from), to),
});

const broken = (detail: string): Error =>
  systemError(`The answer is no valid zip archive: ${detail}.`, { code: "broken-zip" });

const END = 0x06054b50;
const LONG_END = 0x06064b50;
const LONG_END_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const FILE = 0x04034b50;
const IN_EXTRA = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/** Its last part, which says where the directory is, is no longer than this. */
const TAIL = 22 + 0xffff + 20 + 56;

async function directoryOf(archive: ZipArchive): Promise<{ directory: Directory; shift: number }> {
  const tailAt = Math.max(0, archive.size - TAIL);
  const tail = await archive.read(tailAt, archive.size);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || tail.readUInt32LE(end) !== END) throw broken("it has no directory");
  const long = end >= 20 && tail.readUInt32LE(end - 20) === LONG_END_LOCATOR ? longEnd(tail, end) : undefined;
  const count = long?.count ?? tail.readUInt16LE(end + 10);
  const size = long?.size ?? tail.readUInt32LE(end + 12);
  const start = long?.start ?? tail.readUInt32LE(end + 16);
  // Something may stand before the archive, e.g. a program that unpacks it.
  const shift = tailAt + (long?.at ?? end) - size - start;
  if (start + shift < 0) throw broken("it is cut off");
  return { directory: { bytes: await archive.read(start + shift, start + shift + size), count }, shift };
}

interface Directory {
  readonly bytes: Buffer;
  readonly count: number;
}

function* entriesOf(archive: ZipArchive, { bytes, count }: Directory, shift: number): Generator<ZipEntry> {
  for (let i = 0, at = 0; i < count; i++) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw broken("its directory is damaged");
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const name = bytes.toString("utf8", at + 46, nameEnd);
    const entry = at;
    if (!name.endsWith("/")) {
      yield { name, unpack: () => unpack(archive, bytes.subarray(entry, extraEnd), nameEnd - entry, shift, name) };
    }
    at = extraEnd + bytes.readUInt16LE(at + 32);
  }
}

/** Where the directory is in an archive of more than 4 GB or 65,535 files. */
function longEnd(tail: Buffer, end: number): { at: number; count: number; size: number; start: number } | undefined {
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 6, 6]), end - 20);
  if (at < 0 || tail.readUInt32LE(at) !== LONG_END) throw broken("its directory is damaged");
  const number = (offset: number): number => Number(tail.readBigUInt64LE(at + offset));
  return { at, count: number(32), size: number(40), start: number(48) };
}

/** `entry` is what the directory says of the file; its extra fields begin at `nameEnd`. */
async function* unpack(
  archive: ZipArchive,
  entry: Buffer,
  nameEnd: number,
  shift: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  const wide = wideNumbers(entry, nameEnd, entry.length);
  const number = (offset: number): number => {
    const value = entry.readUInt32LE(offset);
    return value === IN_EXTRA ? Number(wide.next().value ?? value) : value;
  };
  number(24); // the unpacked size comes first among the wide numbers
  const size = number(20);
  const at = number(42) + shift;
  const method = entry.readUInt16LE(10);
  if ((entry.readUInt16LE(8) & 1) !== 0) throw systemError(`${name} in the answer's zip archive is encrypted.`);
  const head = await archive.read(at, at + 30);
  if (head.length < 30 || head.readUInt32LE(0) !== FILE) throw broken(`${name} is not where the directory says`);
  const start = at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = parts(archive, start, start + size);
  if (method !== STORED && method !== DEFLATED) {
    throw systemError(
      `${name} in the answer's zip archive is packed by method ${method}; only "stored" and "deflate" are known.`,
    );
  }
  let sum = 0;
  for await (const part of method === STORED ? packed : inflated(packed)) {
    sum = crc32(part, sum);
    yield part;
  }
  if (sum !== entry.readUInt32LE(16)) throw broken(`${name} is damaged`);
}

const PART = 1 << 20;

async function* parts(archive: ZipArchive, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; at += PART) {
    const part = await archive.read(at, Math.min(to, at + PART));
    if (part.length === 0) throw broken("it is cut off");
    yield part;
  }
}

function inflated(packed: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  return pipeline(
    Readable.from(packed, { objectMode: false }),
    createInflateRaw({ chunkSize: 65536 }),
    () => undefined,
  );
}

/** The numbers of an entry that are too large for its own fields. */
function* wideNumbers(entry: Buffer, from: number, to: number): Generator<bigint> {
  for (let at = from; at + 4 <= to; at += 4 + entry.readUInt16LE(at + 2)) {
    if (entry.readUInt16LE(at) !== 1) continue;
    const end = at + 4 + entry.readUInt16LE(at + 2);
    for (let field = at + 4; field + 8 <= end; field += 8) yield entry.readBigUInt64LE(field);
  }
}
