import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createHash } from "node:crypto";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { configError } from "../../../errors.ts";
import { fileBlob, mediaTypes, type Blob } from "../blob.ts";
import type { Base, ImageConfig } from "./base.ts";
import { layoutBase } from "./layout-base.ts";

/** A base in a tar: an OCI layout, or what `docker save` and `podman save` write. */
export async function archiveBase(file: string, tag: string | undefined): Promise<Base> {
  if (!existsSync(file)) throw configError(`There is no file ${file}.`, { code: "bad-base" });
  const folder = await mkdtemp(join(tmpdir(), "ferry-base-"));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await unpack(file, folder);
    const isLayout = existsSync(join(folder, "index.json"));
    return { ...(await (isLayout ? layoutBase(folder, tag) : dockerBase(folder, tag))), name: file, close };
  } catch (error) {
    await close();
    const unreadable = `${file} holds no image: it is neither an OCI layout nor what docker save writes.`;
    throw error instanceof NoImage ? configError(unreadable, { code: "bad-base", cause: error }) : error;
  }
}

class NoImage extends Error {}

/** Unpacks plain files; a name that would lead out of the folder is refused. */
async function unpack(file: string, folder: string): Promise<void> {
  const entries = extract();
  const source = createReadStream(file);
  const reading = file.endsWith("gz") ? pipeline(source, createGunzip(), entries) : pipeline(source, entries);
  reading.catch(() => undefined); // the loop below fails with it
  try {
    for await (const entry of entries) {
      const path = join(folder, entry.header.name);
      if (entry.header.type !== "file" || !path.startsWith(`${folder}/`)) {
        entry.resume();
        continue;
      }
      await mkdir(dirname(path), { recursive: true });
      await pipeline(entry, createWriteStream(path));
    }
    await reading;
  } catch (cause) {
    throw new NoImage("it cannot be unpacked", { cause });
  }
}

interface Saved {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

async function dockerBase(folder: string, tag: string | undefined): Promise<Base> {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) throw new NoImage("it has no manifest.json");
  const saved = JSON.parse(await readFile(path, "utf8")) as readonly Saved[]; // Docker's own form
  const found = tag === undefined ? saved[0] : saved.find(({ RepoTags }) => RepoTags?.some((one) => one.endsWith(tag)));
  if (found === undefined) throw new NoImage("it holds no image of this tag");
  const config = JSON.parse(await readFile(join(folder, found.Config), "utf8")) as ImageConfig;
  const layers = await Promise.all(found.Layers.map((name) => layerIn(join(folder, name))));
  return { name: folder, image: async () => ({ layers, config }) };
}

async function layerIn(path: string): Promise<Blob> {
  const hash = createHash("sha256");
  let start: Buffer | undefined;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    start ??= chunk.subarray(0, 2);
    hash.update(chunk);
  }
  const isGzip = start?.[0] === 0x1f && start[1] === 0x8b;
  const mediaType = isGzip ? mediaTypes.layer : "application/vnd.oci.image.layer.v1.tar";
  return fileBlob({ mediaType, digest: `sha256:${hash.digest("hex")}`, size: (await stat(path)).size }, path);
}
