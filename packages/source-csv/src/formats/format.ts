import { configError, type Batch, type JsonObject, type SourceRun } from "ferry-cdk";
import type { ReaderOptions } from "../reader-options.ts";
import type { StoredFile } from "../storage/stored-file.ts";
import { csv } from "./csv.ts";
import { json } from "./json.ts";
import { parquet } from "./parquet.ts";

/** What a format may use. */
export interface Subject {
  /** The stream's name. */
  readonly name: string;
  readonly file: StoredFile;
  readonly options: ReaderOptions;
  readonly run: SourceRun;
}

/** Reads files of one format. */
export type Format = (subject: Subject) => {
  /** The schema of the records, from a sample where the file does not state it. */
  schema(): Promise<JsonObject>;
  /** The records, typed by this schema. */
  read(schema: JsonObject): AsyncIterable<Batch>;
};

/** The format of this name, which the specification allows. */
export function formatOf(name: string): Format {
  const format = FORMATS[name];
  if (format === undefined)
    throw configError(`/format is "${name}" but must be one of ${Object.keys(FORMATS).join(", ")}`);
  return format;
}

const FORMATS: Readonly<Record<string, Format | undefined>> = { csv, tsv: csv, jsonl: json, json, parquet };
