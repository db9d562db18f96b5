import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { buffer } from "node:stream/consumers";

/** What an OCI manifest says of a blob. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** A blob and where its bytes are. */
export interface Blob {
  readonly descriptor: Descriptor;
  /** The bytes; may be called again. */
  open(): AsyncIterable<Uint8Array>;
  /** A repository of a registry that has it already, so that it need not be sent there. */
  readonly origin?: { readonly registry: string; readonly repository: string };
}

export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
  statement: "application/vnd.in-toto+json",
  dockerIndex: "application/vnd.docker.distribution.manifest.list.v2+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
} as const;

export const sha256 = (bytes: Uint8Array | string): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** A blob in memory. */
export function memoryBlob(mediaType: string, bytes: Uint8Array, more: Partial<Descriptor> = {}): Blob {
  return {
    descriptor: { mediaType, digest: sha256(bytes), size: bytes.length, ...more },
    async *open() {
      yield bytes;
    },
  };
}

/** A blob whose bytes are a JSON document: the same document gives the same bytes. */
export const jsonBlob = (mediaType: string, document: unknown, more: Partial<Descriptor> = {}): Blob =>
  memoryBlob(mediaType, Buffer.from(JSON.stringify(document)), more);

/** A blob in a file, all of it or a part. */
export function fileBlob(descriptor: Descriptor, path: string, start = 0): Blob {
  return {
    descriptor,
    open: () => createReadStream(path, { start, end: start + descriptor.size - 1 }) as AsyncIterable<Uint8Array>,
  };
}

export const readBlob = (blob: Blob): Promise<Buffer> => buffer(blob.open());
