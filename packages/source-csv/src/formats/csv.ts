import { configError, isConnectorError, type Batch, type JsonObject } from "ferry-cdk";
import { createCsvRows } from "ferry-cdk/files";
import { lookAhead, type Ahead } from "../ahead.ts";
import { unpacked } from "../unpack.ts";
import { columnsOf } from "./csv/columns.ts";
import { headOf } from "./csv/head.ts";
import { createReport } from "./csv/report.ts";
import { propertyOf } from "./csv/schema.ts";
import { firstRows } from "./first-rows.ts";
import type { Format, Subject } from "./format.ts";
import { objectSchema } from "./schema.ts";
import { utf8 } from "./utf8.ts";

/** CSV and its kin. Bytes become rows of JSON without a stop; see `createCsvRows`. */
export const csv: Format = (subject) => ({
  async schema() {
    const ahead = open(subject);
    try {
      const columns = await columnsOf(ahead, await headOf(ahead, subject), {}, subject);
      return objectSchema(
        columns.flatMap(({ name, type }) => (type === "skip" ? [] : [[name, propertyOf(type)] as const])),
      );
    } catch (error) {
      throw explained(error);
    } finally {
      await ahead.close();
    }
  },
  async *read(schema) {
    const ahead = open(subject);
    try {
      yield* firstRows(records(ahead, schema, subject), subject.options.rows);
    } catch (error) {
      throw explained(error);
    } finally {
      await ahead.close();
    }
  },
});

const open = ({ file, options, run }: Subject): Ahead =>
  lookAhead(utf8(unpacked(file, options, run.log), options.encoding));

async function* records(ahead: Ahead, schema: JsonObject, subject: Subject): AsyncGenerator<Batch> {
  const { csv: format, longRows } = subject.options;
  const head = await headOf(ahead, subject);
  const columns = await columnsOf(ahead, head, schema, subject);
  const reader = createCsvRows({ format, columns, line: head.line, dropLong: longRows === "drop" });
  const report = createReport(columns, longRows, subject.run.log);
  for await (const part of ahead.rest(head.next)) {
    for (const item of reader.push(part)) {
      report.note(item);
      yield item.batch;
    }
  }
  for (const item of reader.end()) {
    report.note(item);
    yield item.batch;
  }
  report.end();
}

const HINTS: Readonly<Record<string, string | undefined>> = {
  "unclosed-quote": 'Name the file\'s quote in /reader_options/quotechar, or say "quoting": 3 where quotes are text.',
  "row-too-long": "The file may have no lines, or be none of text: check /format and /reader_options/compression.",
};

/** The error with what can be done about it. */
function explained(error: unknown): unknown {
  const hint = isConnectorError(error) ? HINTS[error.code ?? ""] : undefined;
  return isConnectorError(error) && hint !== undefined
    ? configError(`${error.message} ${hint}`, { cause: error, code: "broken-csv" })
    : error;
}
