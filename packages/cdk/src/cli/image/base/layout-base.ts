import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configError } from "../../../errors.ts";
import { fileBlob, type Descriptor } from "../blob.ts";
import type { Base } from "./base.ts";
import { manifestBase } from "./manifest-base.ts";

/**
 * A base in a folder that is an OCI layout.
 * @param tag which of its images, where it has several
 */
export async function layoutBase(folder: string, tag: string | undefined): Promise<Base> {
  const path = join(folder, "index.json");
  if (!existsSync(path)) {
    throw configError(`${folder} is no OCI layout: it has no index.json.`, { code: "bad-base" });
  }
  const { manifests } = JSON.parse(await readFile(path, "utf8")) as { manifests: readonly Descriptor[] }; // as OCI says
  const named = manifests.filter(({ annotations }) => annotations?.["org.opencontainers.image.ref.name"] === tag);
  const [root, ...others] = tag === undefined ? manifests : named;
  if (root === undefined || others.length > 0) {
    const tags = manifests.flatMap(({ annotations }) => annotations?.["org.opencontainers.image.ref.name"] ?? []);
    const which = tag === undefined ? "say which" : `none is "${tag}"`;
    throw configError(`${folder} holds the images ${tags.join(", ")}: ${which}, as oci:${folder}:TAG.`, {
      code: "bad-base",
    });
  }
  return manifestBase(`oci:${folder}`, root, async (descriptor) => {
    const file = join(folder, "blobs", ...descriptor.digest.split(":"));
    if (!existsSync(file)) throw configError(`${folder} lacks the blob ${descriptor.digest}.`, { code: "bad-base" });
    return fileBlob(descriptor, file);
  });
}
