import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Image } from "../assemble.ts";
import type { Blob, Descriptor } from "../blob.ts";

const NAME = "org.opencontainers.image.ref.name";

/** Writes an image into a folder that is an OCI layout, or becomes one; the tag's former image is no longer named there. */
export async function writeLayout(folder: string, tag: string, { index, manifests, blobs }: Image): Promise<void> {
  await mkdir(join(folder, "blobs/sha256"), { recursive: true });
  for (const blob of [...blobs, ...manifests, index]) await writeBlob(folder, blob);
  const others = (await namedIn(folder)).filter(({ annotations }) => annotations?.[NAME] !== tag);
  const named = { ...index.descriptor, annotations: { [NAME]: tag } };
  await replace(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  await replace(join(folder, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [...others, named] }));
}

async function writeBlob(folder: string, { descriptor: { digest, size }, open }: Blob): Promise<void> {
  const path = join(folder, "blobs", ...digest.split(":"));
  if (existsSync(path) && (await stat(path)).size === size) return;
  const beside = `${path}.${process.pid}`;
  await pipeline(open(), createWriteStream(beside));
  await rename(beside, path);
}

async function namedIn(folder: string): Promise<readonly Descriptor[]> {
  const path = join(folder, "index.json");
  if (!existsSync(path)) return [];
  const { manifests } = JSON.parse(await readFile(path, "utf8")) as { manifests: readonly Descriptor[] }; // as OCI says
  return manifests;
}

async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
}
