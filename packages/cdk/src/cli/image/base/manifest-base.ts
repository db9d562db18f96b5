import { configError } from "../../../errors.ts";
import { mediaTypes, readBlob, type Blob, type Descriptor, type Platform } from "../blob.ts";
import { isPlatform, platformName } from "../platform.ts";
import type { Base, BaseImage, ImageConfig } from "./base.ts";

/** What an index and a manifest hold, as far as an image is built on it. */
interface Document {
  readonly mediaType?: string;
  readonly manifests?: readonly Descriptor[];
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
}

/** Gives the blob of a descriptor. */
export type Fetch = (descriptor: Descriptor) => Promise<Blob>;

/** A base whose manifests are OCI's or Docker's own: of a registry or of a layout. */
export function manifestBase(name: string, root: Descriptor, fetch: Fetch): Base {
  async function read(descriptor: Descriptor): Promise<Document> {
    return JSON.parse((await readBlob(await fetch(descriptor))).toString()) as Document; // what its media type says
  }

  async function find(descriptor: Descriptor, wanted: Platform): Promise<{ document: Document; digest: string }> {
    const document = await read(descriptor);
    const { manifests } = document;
    if (manifests === undefined) return { document, digest: descriptor.digest };
    const only = manifests.length === 1 && manifests[0]!.platform === undefined ? manifests[0] : undefined;
    const found = manifests.find(({ platform }) => isPlatform(wanted, platform)) ?? only;
    if (found !== undefined) return find(found, wanted);
    throw missing(
      name,
      wanted,
      manifests.map(({ platform }) => platform),
    );
  }

  return {
    name,
    async image(wanted): Promise<BaseImage> {
      const { document, digest } = await find(root, wanted);
      if (document.config === undefined || document.layers === undefined) {
        throw configError(`${name} is no image: its manifest has no config and layers.`, { code: "bad-base" });
      }
      const config = JSON.parse((await readBlob(await fetch(document.config))).toString()) as ImageConfig;
      if (!isPlatform(wanted, config)) throw missing(name, wanted, [config]);
      return {
        layers: await Promise.all(document.layers.map(async (layer) => fetch(ociLayer(layer)))),
        config,
        digest,
      };
    },
  };
}

/** Docker's layers are OCI's under another name. */
function ociLayer(layer: Descriptor): Descriptor {
  const isPlain = /(?:diff|layer\.v1)\.tar$/.test(layer.mediaType);
  if (layer.mediaType.includes("zstd")) return layer;
  return { ...layer, mediaType: isPlain ? "application/vnd.oci.image.layer.v1.tar" : mediaTypes.layer };
}

function missing(name: string, wanted: Platform, found: readonly (Platform | undefined)[]): Error {
  const names = found.filter((one) => one !== undefined && one.os !== "unknown").map((one) => platformName(one!));
  return configError(`${name} has no image for ${platformName(wanted)}: it has ${[...new Set(names)].join(", ")}.`, {
    code: "no-platform",
  });
}
