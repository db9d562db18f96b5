import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { pack } from "tar-stream";
import { mediaTypes, memoryBlob, type Blob } from "./blob.ts";

/** A file, a folder or a link of a layer. */
export interface LayerEntry {
  /** Without a leading slash. */
  readonly path: string;
  /** Its bytes; a folder where they are left out. */
  readonly content?: Uint8Array;
  /** What a symbolic link leads to. */
  readonly link?: string;
  readonly mode?: number;
  /** Of user and group; 0 when left out. */
  readonly owner?: number;
}

export interface Layer {
  readonly blob: Blob;
  /** The digest of the layer before it was compressed. */
  readonly diffId: string;
}

/** Makes a layer. The same entries give the same bytes: in the order of their paths, and all of one time. */
export async function makeLayer(entries: readonly LayerEntry[], epoch: number, level = 9): Promise<Layer> {
  const tar = await makeTar(entries, epoch);
  const diffId = `sha256:${createHash("sha256").update(tar).digest("hex")}`;
  return { blob: memoryBlob(mediaTypes.layer, await promisify(gzip)(tar, { level })), diffId };
}

async function makeTar(entries: readonly LayerEntry[], epoch: number): Promise<Buffer> {
  const tar = pack();
  const mtime = new Date(epoch * 1000);
  for (const { path, content, link, mode, owner = 0 } of entries.toSorted(byPath)) {
    const common = { name: path, mtime, uid: owner, gid: owner, uname: "", gname: "" };
    if (link !== undefined) tar.entry({ ...common, type: "symlink", linkname: link, mode: 0o777 });
    else if (content === undefined) tar.entry({ ...common, type: "directory", mode: mode ?? 0o755 });
    else tar.entry({ ...common, type: "file", mode: mode ?? 0o644 }, Buffer.from(content));
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

const byPath = (one: LayerEntry, other: LayerEntry): number => (one.path < other.path ? -1 : 1);
