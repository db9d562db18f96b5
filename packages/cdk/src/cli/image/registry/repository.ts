import { createHash } from "node:crypto";
import { isConnectorError, transientError } from "../../../errors.ts";
import type { HttpResponse } from "../../../http/types.ts";
import { mediaTypes, readBlob, sha256, type Blob, type Descriptor } from "../blob.ts";
import type { RegistryClient, RegistryRequest } from "./client.ts";

/** A repository of a registry: manifests by tag or digest, blobs by digest. */
export interface Repository {
  manifest(tag: string): Promise<Blob>;
  /** A blob as it is there; its digest is checked while it is read. */
  blob(descriptor: Descriptor): Blob;
  /**
   * Sends a blob that is not there yet, from its beginning where an upload was interrupted. Gives what was done.
   * @param sent is told of bytes as they are sent, and of all of them as less than none where they have to be sent anew
   */
  putBlob(blob: Blob, sent?: (bytes: number) => void): Promise<"there" | "mounted" | "sent">;
  putManifest(tag: string, manifest: Blob): Promise<void>;
}

const CHUNK = 16 * 2 ** 20;
/** How often a blob is sent from its beginning. */
const UPLOADS = 4;
/** What a registry says where it lost an upload, or is too busy for a piece of it. */
const INTERRUPTED = [404, 416, 429, 500, 502, 503, 504];
const MANIFESTS = [mediaTypes.index, mediaTypes.manifest, mediaTypes.dockerIndex, mediaTypes.dockerManifest].join(", ");
const BYTES = { "Content-Type": "application/octet-stream" };

/** @param chunk bytes of a blob that go in one request, at least */
export function openRepository(client: RegistryClient, repository: string, chunk: number = CHUNK): Repository {
  const ask = (request: RegistryRequest): Promise<HttpResponse> =>
    client.ask(repository, { ...request, access: "pull,push" });

  /** Begins an upload: gives the place where it goes on, or "mounted" where none is needed. */
  async function begin({ origin, descriptor: { digest } }: Blob): Promise<string> {
    const from = origin?.registry === client.registry ? origin.repository : undefined;
    const mount = from === undefined ? "" : `?${new URLSearchParams({ mount: digest, from }).toString()}`;
    const path = `blobs/uploads/${mount}`;
    const begun = await ask({ method: "POST", path, ...(from === undefined ? {} : { from }) });
    await begun.discard();
    return begun.status === 201 ? "mounted" : begun.headers.get("location")!;
  }

  /** Sends a blob in pieces. Gives false where it was interrupted: then nobody knows how much of it arrived. */
  async function upload(start: string, blob: Blob, sent: (bytes: number) => void = () => undefined): Promise<boolean> {
    let location = start;
    let offset = 0;
    async function put(request: Pick<RegistryRequest, "method" | "path" | "headers" | "body">): Promise<boolean> {
      try {
        const response = await ask({ ...request, expect: INTERRUPTED, once: true });
        await response.discard();
        location = response.headers.get("location") ?? location;
        return response.status < 400;
      } catch (error) {
        if (isConnectorError(error) && error.code === "registry-unreachable") return false;
        throw error;
      }
    }
    for await (const body of inChunks(blob, chunk)) {
      const headers = { ...BYTES, "Content-Range": `${offset}-${offset + body.length - 1}` };
      if (!(await put({ method: "PATCH", path: location, headers, body }))) {
        sent(-offset);
        return false;
      }
      offset += body.length;
      sent(body.length);
    }
    const { digest } = blob.descriptor;
    const end = `${location}${location.includes("?") ? "&" : "?"}digest=${encodeURIComponent(digest)}`;
    if (await put({ method: "PUT", path: end, headers: BYTES, body: new Uint8Array() })) return true;
    sent(-offset);
    return false;
  }

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
      for (let tried = 1; ; tried++) {
        const head = await ask({ method: "HEAD", path: `blobs/${digest}`, expect: [404] });
        await head.discard();
        // Where the end of an upload was not heard of, it may have come to its end.
        if (head.status === 200) return tried === 1 ? "there" : "sent";
        const begun = await begin(blob);
        if (begun === "mounted") return begun;
        if (await upload(begun, blob, sent)) return "sent";
        if (tried === UPLOADS) {
          throw transientError(
            `${client.registry}/${repository}: the upload of ${digest} was interrupted ${UPLOADS} times.`,
            { code: "interrupted-upload" },
          );
        }
      }
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
