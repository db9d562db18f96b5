import type { Image } from "../assemble.ts";
import type { Reference } from "../reference.ts";
import { createRegistryClient, type RegistryOptions } from "../registry/client.ts";
import { openRepository } from "../registry/repository.ts";

/** What happened to the blobs of a push, in blobs. */
export interface Pushed {
  readonly there: number;
  readonly mounted: number;
  readonly sent: number;
  /** Bytes. */
  readonly bytes: number;
}

/** Sends an image to a registry: blobs that it lacks, then manifests, then the index under its tag. */
export async function push(
  { index, manifests, blobs }: Image,
  { registry, repository, tag }: Reference,
  options: RegistryOptions,
  progress?: (sent: number, all: number) => void,
): Promise<Pushed> {
  const target = openRepository(createRegistryClient(registry, options), repository);
  const counts = { there: 0, mounted: 0, sent: 0 };
  const all = blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  let bytes = 0;
  for (const blob of blobs) {
    const done = await target.putBlob(blob, (sent) => {
      bytes += sent;
      progress?.(bytes, all);
    });
    counts[done]++;
  }
  for (const manifest of manifests) await target.putManifest(manifest.descriptor.digest, manifest);
  await target.putManifest(tag, index);
  return { ...counts, bytes };
}
