import { configError, isConnectorError, type Log } from "ferry-cdk";
import { gunzipped, zipEntries, type ZipEntry } from "ferry-cdk/files";
import { lookAhead } from "./ahead.ts";
import type { ReaderOptions } from "./reader-options.ts";
import type { StoredFile } from "./storage/stored-file.ts";

/** The bytes of a file, or of what is packed in it: gzip and zip are known by how they begin. */
export async function* unpacked(file: StoredFile, options: ReaderOptions, log: Log): AsyncGenerator<Uint8Array> {
  const ahead = lookAhead(file.bytes());
  try {
    const start = (await ahead.peek(4)).toString("latin1", 0, 4);
    const found = start.startsWith("\x1f\x8b") ? "gzip" : /^PK(?:\x03\x04|\x05\x06)/.test(start) ? "zip" : "none";
    const { compression } = options;
    if (compression !== "infer" && compression !== "none" && compression !== found) {
      throw configError(
        `/reader_options/compression is ${JSON.stringify(compression)}, but the file ${JSON.stringify(file.place)} is not: leave it out.`,
      );
    }
    const packing = compression === "none" ? "none" : found;
    if (packing === "zip") {
      await ahead.close();
      yield* unzipped(file, options, log);
    } else yield* packing === "gzip" ? gunzipped(ahead.rest()) : ahead.rest();
  } catch (error) {
    if (!isConnectorError(error) || (error.code !== "broken-gzip" && error.code !== "broken-zip")) throw error;
    const message = error.message.replace("The answer's", "its").replace("The answer", "it");
    throw configError(`/url is ${JSON.stringify(file.place)}, which cannot be unpacked: ${message}`, {
      cause: error,
      code: error.code,
    });
  } finally {
    await ahead.close();
  }
}

async function* unzipped(file: StoredFile, { member }: ReaderOptions, log: Log): AsyncGenerator<Uint8Array> {
  const archive = await file.open();
  let ended = false;
  try {
    const { size } = archive;
    const within = (place: number): number => Math.min(place, size);
    const entries = await zipEntries({
      size,
      read: async (from, to) => (from < within(to) ? archive.read(from, within(to)) : Buffer.alloc(0)),
    });
    const entry = chosen(entries, member, file.place);
    log.debug(`Reading ${entry.name} of ${file.place}.`);
    yield* entry.unpack();
    ended = true;
  } finally {
    // What closing says of the file matters only after it was read.
    await archive.close().catch((error: unknown) => {
      if (ended) throw error;
    });
  }
}

function chosen(all: readonly ZipEntry[], member: string | undefined, place: string): ZipEntry {
  const entries = all.filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name));
  const [first, ...others] = entries.filter(({ name }) => member === undefined || name === member);
  if (first !== undefined && others.length === 0) return first;
  const names = entries
    .slice(0, 20)
    .map(({ name }) => JSON.stringify(name))
    .join(", ");
  if (entries.length === 0)
    throw configError(`/url is ${JSON.stringify(place)}, a zip archive that is empty.`, { code: "empty-file" });
  throw configError(
    member === undefined
      ? `/url is ${JSON.stringify(place)}, a zip archive of ${entries.length} files: name one in /reader_options/zip_member. They are ${names}.`
      : `/reader_options/zip_member is ${JSON.stringify(member)}, which is not in the archive: it has ${names}.`,
    { code: "zip-member" },
  );
}
