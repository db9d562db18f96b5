import { configError, isConnectorError, nearest, valueRows, type Batch } from "ferry-cdk";
import type { OpenFile } from "../storage/stored-file.ts";
import { firstRows } from "./first-rows.ts";
import { fitted } from "./fitted.ts";
import type { Format, Subject } from "./format.ts";
import type { ParquetFile } from "./parquet/library.ts";
import { objectSchema } from "./schema.ts";

/** Rows that are in memory at once: a group of rows is read in such parts. */
const ROWS = 65_536;
const BATCH = 1000;

/** Parquet. The file itself says what is in it, at its end. */
export const parquet: Format = (subject) => ({
  async schema() {
    return withFile(subject, async ({ columns }) => objectSchema(columns));
  },
  read: (schema) => firstRows(fitted(rows(subject), schema, subject.run.log), subject.options.rows),
});

async function* rows(subject: Subject): AsyncGenerator<Batch> {
  const opened = await open(subject);
  try {
    const { groups, read } = opened.parquet;
    let start = 0;
    for (const count of groups) {
      for (let from = start; from < start + count; from += ROWS) {
        const records = await guarded(subject, () => read(from, Math.min(from + ROWS, start + count)));
        for (let at = 0; at < records.length; at += BATCH) yield valueRows(records.slice(at, at + BATCH));
      }
      start += count;
    }
  } finally {
    await opened.file.close();
  }
}

async function withFile<T>(subject: Subject, use: (parquet: ParquetFile) => Promise<T>): Promise<T> {
  const opened = await open(subject);
  try {
    return await use(opened.parquet);
  } finally {
    await opened.file.close();
  }
}

async function open(subject: Subject): Promise<{ file: OpenFile; parquet: ParquetFile }> {
  const file = await subject.file.open();
  try {
    const { openParquet } = await import("./parquet/library.ts");
    const wanted = subject.options.columns?.map(String);
    const found = await guarded(subject, async () => {
      if (file.size === 0)
        throw configError(`/url is ${JSON.stringify(subject.file.place)}, which is empty.`, { code: "empty-file" });
      return openParquet(file, wanted);
    });
    for (const name of wanted ?? []) refuseUnknown(name, found.names);
    return { file, parquet: found };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** What the library throws says what is wrong with the file. */
async function guarded<T>({ file }: Subject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isConnectorError(cause) || (cause instanceof Error && "kind" in cause)) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw configError(
      `/url is ${JSON.stringify(file.place)}, which cannot be read as Parquet: ${detail}. Is /format right?`,
      {
        cause,
        code: "broken-parquet",
      },
    );
  }
}

function refuseUnknown(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const like = nearest(name, names);
  const hint = like === undefined ? `the file has ${names.join(", ")}` : `did you mean ${JSON.stringify(like)}?`;
  throw configError(`/reader_options/columns names ${JSON.stringify(name)}, which is no column: ${hint}`);
}
