import { configError, inferSchema, isObject, type Batch, type JsonObject } from "ferry-cdk";
import { createRows, type RowReader } from "ferry-cdk/files";
import { unpacked } from "../unpack.ts";
import { firstRows } from "./first-rows.ts";
import { fitted } from "./fitted.ts";
import type { Format, Subject } from "./format.ts";
import { SAMPLE } from "./schema.ts";
import { utf8 } from "./utf8.ts";

/** JSON: a record a line, or one document with a list of records, or with one record. Records stay bytes where they fit. */
export const json: Format = (subject) => ({
  async schema() {
    const records: JsonObject[] = [];
    for await (const batch of rows(subject, SAMPLE)) {
      for (let i = 0; i < batch.length; i++) records.push(batch.value(i) as JsonObject); // `rows` saw to that
    }
    return inferSchema(records);
  },
  read: (schema) => firstRows(fitted(rows(subject, Infinity), schema, subject.run.log), subject.options.rows),
});

/** The records that begin in the first so many bytes, in batches of objects only. */
async function* rows({ file, options, run }: Subject, size: number): AsyncGenerator<Batch> {
  const { recordsPath: path, lines, encoding } = options;
  let count = 0;
  let read = 0;
  const reader: RowReader = createRows({
    path,
    lines,
    skipLine(line, fault) {
      throw broken(file.place, `behind record ${count}, the line ${JSON.stringify(shortened(line))} is none`, fault);
    },
  });
  function* checked(batches: Iterable<Batch>): Generator<Batch> {
    for (const batch of batches) {
      for (let i = 0; batch.onlyObjects !== true && i < batch.length; i++) {
        if (!isObject(batch.value(i))) throw noRecord(file.place, count + i + 1, batch.text(i), lines);
      }
      count += batch.length;
      yield batch;
    }
  }
  try {
    for await (const part of utf8(unpacked(file, options, run.log), encoding)) {
      read += part.length;
      yield* checked(reader.push(part));
      if (read >= size && count > 0) return;
    }
    if (read === 0) throw configError(`/url is ${JSON.stringify(file.place)}, which is empty.`, { code: "empty-file" });
    yield* checked(reader.end());
  } catch (error) {
    throw error instanceof SyntaxError ? broken(file.place, error.message, error) : error;
  }
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);

const broken = (place: string, detail: string, cause: unknown): Error =>
  configError(`/url is ${JSON.stringify(place)}, which is no JSON: ${detail}. Is /format right?`, {
    cause,
    code: "broken-json",
  });

function noRecord(place: string, number: number, text: string, lines: boolean): Error {
  const hint = lines ? "" : " Where are the records? Name the keys that lead to them in /reader_options/records_path.";
  const message = `/url is ${JSON.stringify(place)}, whose record ${number} is ${shortened(text)} but must be an object.${hint}`;
  return configError(message, { code: "no-record" });
}
