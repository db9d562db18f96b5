import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { pack } from "tar-stream";
import { mediaTypes, memoryBlob, sha256, type Blob } from "./blob.ts";

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
  return { blob: memoryBlob(mediaTypes.layer, await promisify(gzip)(tar, { level })), diffId: sha256(tar) };
}

/** The folders that paths lie in, each once. */
export function foldersOf(paths: readonly string[]): string[] {
  const parents = paths.flatMap((path) => {
    const names = path.split("/").slice(0, -1);
    return names.map((_, index) => names.slice(0, index + 1).join("/"));
  });
  return [...new Set(parents)];
}

function makeTar(entries: readonly LayerEntry[], epoch: number): Promise<Buffer> {
  const tar = pack();
  const mtime = new Date(epoch * 1000);
  for (const { path, content, link, mode, owner = 0 } of entries.toSorted(byPath)) {
    const common = { name: path, mtime, uid: owner, gid: owner, uname: "", gname: "" };
    if (link !== undefined) tar.entry({ ...common, type: "symlink", linkname: link, mode: 0o777 });
    else if (content === undefined) tar.entry({ ...common, type: "directory", mode: mode ?? 0o755 });
    else tar.entry({ ...common, type: "file", mode: mode ?? 0o644 }, Buffer.from(content));
  }
  tar.finalize();
  return buffer(tar);
}

const byPath = (one: LayerEntry, other: LayerEntry): number => (one.path < other.path ? -1 : 1);
