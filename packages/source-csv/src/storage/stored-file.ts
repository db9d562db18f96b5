import { configError, get, type JsonObject, type SourceRun } from "ferry-cdk";
import { localFile } from "./local-file.ts";
import { s3Target } from "./s3-target.ts";
import { webFile, webTarget } from "./web-file.ts";

/** A file at its place. */
export interface StoredFile {
  /** What the user calls it, without secrets. */
  readonly place: string;
  /** Its bytes, of one version of it. */
  bytes(): AsyncIterable<Uint8Array>;
  /** For formats whose end says what is in them. To be closed. */
  open(): Promise<OpenFile>;
}

/** A file of which any part can be read. */
export interface OpenFile {
  readonly size: number;
  read(from: number, to: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws a config error where the URL is none of this storage */
export function storedFile(url: string, provider: JsonObject, run: SourceRun): StoredFile {
  const storage = get(provider, "storage");
  if (storage === "local") return localFile(url);
  if (storage === "S3") return webFile(s3Target(url, provider, run), run);
  if (storage === "HTTPS") return webFile(webTarget(url, provider, run), run);
  throw configError(`/provider/storage is ${JSON.stringify(storage)} but must be "HTTPS", "S3" or "local"`);
}
