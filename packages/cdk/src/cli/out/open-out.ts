import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { configError } from "../../errors.ts";
import type { RecordBatch } from "../../protocol/message.ts";
import type { ConfiguredAirbyteCatalog } from "../../protocol/messages.gen.ts";
import { isObject, type JsonObject } from "../../json/value.ts";
import { findColumns, type ColumnFinder } from "./columns.ts";
import { openSpool, spooled, writeAll, type Spool } from "./spool.ts";

export const outFormats = ["jsonl", "csv", "parquet"] as const;
export type OutFormat = (typeof outFormats)[number];

/** Files that records go to, one for each stream. A file is there when it is whole, or not at all. */
export interface Out {
  write(batch: RecordBatch): void;
  /** Puts the file of a stream that was read into its place, and gives its path. */
  finish(stream: string): Promise<string>;
  /** Takes away what was not finished. */
  discard(): void;
}

/**
 * Opens `--out`: a file for the one stream that is read, by its ending, or a folder with a file for each.
 * @throws a config error where that does not fit the catalog
 */
export function openOut(target: string, format: OutFormat | undefined, { streams }: ConfiguredAirbyteCatalog): Out {
  const place = placeOf(target, format, streams.length);
  const folder = place.file === undefined ? resolve(target) : dirname(place.file);
  mkdirSync(folder, { recursive: true });
  const open = new Map<string, OpenFile>();

  function fileOf(name: string): OpenFile {
    let file = open.get(name);
    if (file === undefined) {
      const path = place.file ?? join(folder, `${fileName(name)}.${place.format}`);
      const spool = partOf(path, "rows");
      const schema = streams.find(({ stream }) => stream.name === name)?.stream.json_schema;
      file = { path, parts: [spool], spool: openSpool(spool), columns: finderOf(place.format, schema) };
      open.set(name, file);
    }
    return file;
  }

  return {
    write({ stream, batch }) {
      const { spool, columns } = fileOf(stream);
      spool.write(batch);
      if (columns === undefined) return;
      for (let index = 0; index < batch.length; index++) {
        const value = batch.value(index);
        if (isObject(value)) columns.see(value);
      }
    },
    async finish(name) {
      const file = fileOf(name);
      const [rows] = file.parts as [string];
      file.spool.close();
      if (file.columns === undefined) renameSync(rows, file.path);
      else {
        const whole = partOf(file.path, "table");
        file.parts.push(whole);
        await writeTable(place.format, file.columns, rows, whole);
        renameSync(whole, file.path);
        rmSync(rows);
      }
      open.delete(name);
      return file.path;
    },
    discard() {
      for (const { spool, parts } of open.values()) {
        spool.close();
        for (const part of parts) rmSync(part, { force: true });
      }
      open.clear();
    },
  };
}

interface OpenFile {
  readonly path: string;
  /** What lies beside it until it is whole; the records as lines come first. */
  readonly parts: string[];
  readonly spool: Spool;
  readonly columns: ColumnFinder | undefined;
}

function placeOf(target: string, format: OutFormat | undefined, count: number): { file?: string; format: OutFormat } {
  const ending = extname(target).slice(1).toLowerCase();
  const ofEnding = outFormats.find((each) => each === ending || (each === "jsonl" && ending === "ndjson"));
  const isFolder = existsSync(target) ? statSync(target).isDirectory() : ofEnding === undefined;
  if (isFolder) return { format: format ?? "jsonl" };
  if (count !== 1) {
    throw configError(`--out ${target} is a file, but ${count} streams are read: name a folder, or one --stream.`);
  }
  return { file: resolve(target), format: format ?? ofEnding ?? "jsonl" };
}

const finderOf = (format: OutFormat, schema: JsonObject | undefined): ColumnFinder | undefined =>
  format === "jsonl" ? undefined : findColumns(schema ?? {});

/** In the same folder, so that it can be renamed. */
const partOf = (path: string, what: string): string => join(dirname(path), `.${basename(path)}.${process.pid}.${what}`);

/** A stream's name as a file may have it. */
const fileName = (stream: string): string => stream.replace(/[/\\:*?"<>|\0-\x1f]/g, "_").replace(/^\.+/, "_");

async function writeTable(format: OutFormat, finder: ColumnFinder, rows: string, path: string): Promise<void> {
  const columns = finder.columns();
  if (format === "parquet") {
    const { parquetWriter } = await import("./parquet.ts");
    const table = parquetWriter(columns, path);
    for await (const record of spooled(rows)) table.write(record);
    return table.finish();
  }
  const { csvWriter } = await import("./csv.ts");
  const file = openSync(path, "w");
  let pending = "";
  const flush = (): void => {
    writeAll(file, Buffer.from(pending));
    pending = "";
  };
  const table = csvWriter(columns, (text) => {
    pending += text;
    if (pending.length > 1 << 16) flush();
  });
  for await (const record of spooled(rows)) table.write(record);
  flush();
  closeSync(file);
}
