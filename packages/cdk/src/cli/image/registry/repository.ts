import { createHash } from "node:crypto";
import { transientError } from "../../../errors.ts";
import { mediaTypes, readBlob, sha256, type Blob, type Descriptor } from "../blob.ts";
import type { RegistryClient } from "./client.ts";

/** A repository of a registry: manifests by tag or digest, blobs by digest. */
export interface Repository {
  manifest(tag: string): Promise<Blob>;
  /** A blob as it is there; its digest is checked while it is read. */
  blob(descriptor: Descriptor): Blob;
  /** Sends a blob that is not there yet. Gives what was done: "there", "mounted" or "sent". */
  putBlob(blob: Blob, sent?: (bytes: number) => void): Promise<"there" | "mounted" | "sent">;
  putManifest(tag: string, manifest: Blob): Promise<void>;
}

const CHUNK = 16 * 2 ** 20;
const MANIFESTS = [mediaTypes.index, mediaTypes.manifest, mediaTypes.dockerIndex, mediaTypes.dockerManifest].join(", ");
const BYTES = { "Content-Type": "application/octet-stream" };

/** @param chunk bytes of a blob that go in one request, at least */
export function openRepository(client: RegistryClient, repository: string, chunk: number = CHUNK): Repository {
  return {
    async manifest(tag) {
      const response = await client.ask(repository, {
        method: "GET",
        path: `manifests/${tag}`,
        headers: { Accept: MANIFESTS },
      });
      const bytes = await response.bytes();
      const digest = sha256(bytes);
      if (tag.startsWith("sha256:") && tag !== digest) throw damaged(`${repository}@${tag}`, digest);
      const mediaType = response.headers.get("content-type")?.split(";")[0] ?? mediaTypes.manifest;
      return {
        descriptor: { mediaType, digest, size: bytes.length },
        async *open() {
          yield bytes;
        },
      };
    },

    blob: (descriptor) => ({
      descriptor,
      origin: { registry: client.registry, repository },
      async *open() {
        const response = await client.ask(repository, { method: "GET", path: `blobs/${descriptor.digest}` });
        const hash = createHash("sha256");
        for await (const chunk of response.stream()) {
          hash.update(chunk);
          yield chunk;
        }
        const digest = `sha256:${hash.digest("hex")}`;
        if (digest !== descriptor.digest) throw damaged(`${repository}@${descriptor.digest}`, digest);
      },
    }),

    async putBlob(blob, sent) {
      const { digest } = blob.descriptor;
      const access = "pull,push";
      const head = await client.ask(repository, { method: "HEAD", path: `blobs/${digest}`, expect: [404], access });
      await head.discard();
      if (head.status === 200) return "there";

      const from = blob.origin?.registry === client.registry ? blob.origin.repository : undefined;
      const mount = from === undefined ? "" : `?${new URLSearchParams({ mount: digest, from }).toString()}`;
      const upload = {
        method: "POST",
        path: `blobs/uploads/${mount}`,
        access,
        ...(from === undefined ? {} : { from }),
      } as const;
      const begun = await client.ask(repository, upload);
      await begun.discard();
      if (begun.status === 201) return "mounted";

      let location = begun.headers.get("location")!;
      let offset = 0;
      for await (const part of inChunks(blob, chunk)) {
        const range = `${offset}-${offset + part.length - 1}`;
        const headers = { ...BYTES, "Content-Range": range };
        const response = await client.ask(repository, {
          method: "PATCH",
          path: location,
          headers,
          body: part,
          access,
        });
        await response.discard();
        location = response.headers.get("location") ?? location;
        offset += part.length;
        sent?.(part.length);
      }
      const end = `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`;
      const put = { method: "PUT", path: end, headers: BYTES, body: new Uint8Array(), access } as const;
      await (await client.ask(repository, put)).discard();
      return "sent";
    },

    async putManifest(tag, manifest) {
      const headers = { "Content-Type": manifest.descriptor.mediaType };
      const body = await readBlob(manifest);
      const put = { method: "PUT", path: `manifests/${tag}`, headers, body, access: "pull,push" } as const;
      await (await client.ask(repository, put)).discard();
    },
  };
}

/** The bytes of a blob in pieces of at least this size, but the last. */
async function* inChunks(blob: Blob, least: number): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of blob.open()) {
    pending.push(chunk);
    size += chunk.length;
    if (size < least) continue;
    yield Buffer.concat(pending);
    pending = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(pending);
}

const damaged = (name: string, digest: string): Error =>
  transientError(`${name} arrived damaged: what came has the digest ${digest}.`, { code: "damaged-blob" });
