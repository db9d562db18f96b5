import { printReference, type Reference } from "../reference.ts";
import { createRegistryClient, type RegistryOptions } from "../registry/client.ts";
import { openRepository } from "../registry/repository.ts";
import type { Base } from "./base.ts";
import { manifestBase } from "./manifest-base.ts";

/** A base of a registry. Its layers are fetched when they are needed: not at all where the image goes to the same registry. */
export async function registryBase(reference: Reference, options: RegistryOptions): Promise<Base> {
  const repository = openRepository(createRegistryClient(reference.registry, options), reference.repository);
  const root = await repository.manifest(reference.tag);
  return manifestBase(printReference(reference), root.descriptor, async (descriptor) =>
    /index|manifest/.test(descriptor.mediaType) ? repository.manifest(descriptor.digest) : repository.blob(descriptor),
  );
}
