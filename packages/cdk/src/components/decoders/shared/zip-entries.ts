import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { systemError } from "../../../errors.ts";

export interface ZipEntry {
  readonly name: string;
  unpack(): AsyncIterable<Uint8Array>;
}

/** The files of a zip archive in the order of its directory. Folders are left out. */
export function zipEntries(archive: Buffer): ZipEntry[] {
  try {
    return [...entriesOf(archive)];
  } catch (error) {
    throw error instanceof RangeError ? broken("it is cut off") : error; // a read beyond the buffer's end
  }
}

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

function* entriesOf(archive: Buffer): Generator<ZipEntry> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || archive.readUInt32LE(end) !== END) throw broken("it has no directory");
  const long = end >= 20 && archive.readUInt32LE(end - 20) === LONG_END_LOCATOR ? longEnd(archive, end) : undefined;
  const count = long?.count ?? archive.readUInt16LE(end + 10);
  const size = long?.size ?? archive.readUInt32LE(end + 12);
  const start = long?.start ?? archive.readUInt32LE(end + 16);
  // Something may stand before the archive, e.g. a program that unpacks it.
  const shift = (long?.at ?? end) - size - start;
  for (let i = 0, at = start + shift; i < count; i++) {
    if (archive.readUInt32LE(at) !== ENTRY) throw broken("its directory is damaged");
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    const extraEnd = nameEnd + archive.readUInt16LE(at + 30);
    const name = archive.toString("utf8", at + 46, nameEnd);
    const entry = at;
    if (!name.endsWith("/")) yield { name, unpack: () => unpack(archive, entry, nameEnd, extraEnd, shift, name) };
    at = extraEnd + archive.readUInt16LE(at + 32);
  }
}

/** Where the directory is in an archive of more than 4 GB or 65,535 files. */
function longEnd(archive: Buffer, end: number): { at: number; count: number; size: number; start: number } | undefined {
  const at = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 6, 6]), end - 20);
  if (at < 0 || archive.readUInt32LE(at) !== LONG_END) throw broken("its directory is damaged");
  const number = (offset: number): number => Number(archive.readBigUInt64LE(at + offset));
  return { at, count: number(32), size: number(40), start: number(48) };
}

async function* unpack(
  archive: Buffer,
  entry: number,
  nameEnd: number,
  extraEnd: number,
  shift: number,
  name: string,
): AsyncGenerator<Uint8Array> {
  const wide = wideNumbers(archive, nameEnd, extraEnd);
  const number = (offset: number): number => {
    const value = archive.readUInt32LE(entry + offset);
    return value === IN_EXTRA ? Number(wide.next().value ?? value) : value;
  };
  number(24); // the unpacked size comes first among the wide numbers
  const size = number(20);
  const at = number(42) + shift;
  const method = archive.readUInt16LE(entry + 10);
  if ((archive.readUInt16LE(entry + 8) & 1) !== 0)
    throw systemError(`${name} in the answer's zip archive is encrypted.`);
  if (archive.readUInt32LE(at) !== FILE) throw broken(`${name} is not where the directory says`);
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const packed = archive.subarray(start, start + size);
  if (method !== STORED && method !== DEFLATED) {
    throw systemError(
      `${name} in the answer's zip archive is packed by method ${method}; only "stored" and "deflate" are known.`,
    );
  }
  let sum = 0;
  for await (const part of method === STORED ? [packed] : inflated(packed)) {
    sum = crc32(part, sum);
    yield part;
  }
  if (sum !== archive.readUInt32LE(entry + 16)) throw broken(`${name} is damaged`);
}

function inflated(packed: Buffer): AsyncIterable<Uint8Array> {
  return pipeline(Readable.from([packed]), createInflateRaw({ chunkSize: 65536 }), () => undefined);
}

/** The numbers of an entry that are too large for its own fields. */
function* wideNumbers(archive: Buffer, from: number, to: number): Generator<bigint> {
  for (let at = from; at + 4 <= to; at += 4 + archive.readUInt16LE(at + 2)) {
    if (archive.readUInt16LE(at) !== 1) continue;
    const end = at + 4 + archive.readUInt16LE(at + 2);
    for (let field = at + 4; field + 8 <= end; field += 8) yield archive.readBigUInt64LE(field);
  }
}
