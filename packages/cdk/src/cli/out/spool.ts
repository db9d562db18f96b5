import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { parseJson } from "../../json/parse.ts";
import type { Batch } from "../../json/rows/batch.ts";
import { createRowPrinter } from "../../json/rows/print.ts";
import type { JsonObject } from "../../json/value.ts";

/** A file of JSON lines that records go to as they come. */
export interface Spool {
  write(batch: Batch): void;
  /** Ends it: all is in the file. */
  close(): void;
}

export function openSpool(path: string): Spool {
  const file = openSync(path, "w");
  const printer = createRowPrinter((bytes) => writeAll(file, bytes));
  return {
    write: (batch) => printer.rows(batch, "", "\n"),
    close() {
      printer.flush();
      closeSync(file);
    },
  };
}

/** Its records, one after the other. */
export async function* spooled(path: string): AsyncGenerator<JsonObject> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED, start); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      yield parseJson(bytes.toString("utf8", start, end)) as JsonObject; // it was written as one
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
}

const LINE_FEED = 10;

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
