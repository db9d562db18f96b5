import type { Log } from "ferry-cdk";
import type { ReaderOptions } from "./reader-options.ts";
import type { StoredFile } from "./storage/stored-file.ts";

/** The bytes of a file, or of what is packed in it. */
export function unpacked(file: StoredFile, { compression }: ReaderOptions, log: Log): AsyncIterable<Uint8Array> {
  log.debug(() => `Reading ${file.place}, compression ${compression}.`);
  return file.bytes();
}
