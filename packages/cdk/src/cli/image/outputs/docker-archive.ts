import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { pack, type Pack } from "tar-stream";
import type { PlatformImage } from "../assemble.ts";
import type { Blob } from "../blob.ts";

/** Writes an image into the tar that `docker load` and `podman load` take. It holds one platform. */
export async function writeDockerArchive(
  file: string,
  name: string,
  { config, layers }: PlatformImage,
  epoch: number,
): Promise<void> {
  const tar = pack();
  const beside = `${file}.${process.pid}`;
  const written = pipeline(tar, createWriteStream(beside));
  try {
    const mtime = new Date(epoch * 1000);
    const put = (path: string, blob: Blob): Promise<void> => putBlob(tar, path, blob, mtime);
    const hex = ({ descriptor }: Blob): string => descriptor.digest.slice("sha256:".length);
    const described = [
      { Config: `${hex(config)}.json`, RepoTags: [name], Layers: layers.map((layer) => `${hex(layer)}.tar.gz`) },
    ];
    await put(`${hex(config)}.json`, config);
    const paths = new Set<string>();
    for (const layer of layers) {
      const path = `${hex(layer)}.tar.gz`;
      if (!paths.has(path)) await put(path, layer);
      paths.add(path);
    }
    tar.entry({ name: "manifest.json", mtime }, JSON.stringify(described));
    tar.finalize();
    await written;
    await rename(beside, file);
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined); // the error that was thrown first counts
    await rm(beside, { force: true });
    throw error;
  }
}

async function putBlob(tar: Pack, name: string, { descriptor: { size }, open }: Blob, mtime: Date): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const entry = tar.entry({ name, size, mtime }, (error) => (error ? reject(error) : resolve()));
    pipeline(open(), entry).catch(reject);
  });
}
