import { configError, type Log } from "ferry-cdk";
import type { CsvBatch, CsvColumn } from "ferry-cdk/files";

const SHOWN_ROWS = 10;
const SHOWN_VALUES = 3; // of each column

/** Tells of rows and values that do not fit: the first ones singly, then how many there were. */
export interface Report {
  note(batch: CsvBatch): void;
  end(): void;
}

export function createReport(columns: readonly CsvColumn[], longRows: "keep" | "drop" | "fail", log: Log): Report {
  let long = 0;
  let short = 0;
  const misfits = new Map<number, number>();

  function noteRow(line: number, fields: number): void {
    const wrong = `Line ${line} has ${fields} ${fields === 1 ? "field" : "fields"} for ${columns.length} columns`;
    const isLong = fields > columns.length;
    if (isLong) long++;
    else short++;
    if (isLong && longRows === "fail") {
      throw configError(
        `${wrong}, and /reader_options/on_bad_lines is "error". To read on, say "skip", or leave it out.`,
        {
          code: "ragged-row",
        },
      );
    }
    if (long + short > SHOWN_ROWS) return;
    log.warn(
      `${wrong}: ${!isLong ? "the others are null" : longRows === "drop" ? "it is left out" : "the last ones are left out"}.`,
    );
  }

  function noteValue(line: number, column: number, text: string): void {
    const count = (misfits.get(column) ?? 0) + 1;
    misfits.set(column, count);
    if (count > SHOWN_VALUES) return;
    const { name, type } = columns[column]!;
    const value = text.length > 100 ? `${text.slice(0, 99)}…` : text;
    log.warn(
      `Line ${line}: ${JSON.stringify(value)} is no ${type}, the type of ${JSON.stringify(name)}: it is sent as null.`,
    );
  }

  return {
    note({ ragged, misfits: values }) {
      for (const { line, fields } of ragged) noteRow(line, fields);
      for (const { line, column, text } of values) noteValue(line, column, text);
    },
    end() {
      if (long + short > 0) {
        const outcome = longRows === "drop" ? "left out" : "cut off";
        log.warn(
          `${rows(long + short)} had another number of fields than there are columns: ${short} too few (null), ${long} too many (${outcome}).`,
        );
      }
      for (const [column, count] of misfits) {
        const { name, type } = columns[column]!;
        log.warn(
          `${count} ${count === 1 ? "value" : "values"} of ${JSON.stringify(name)} were no ${type} and were sent as null. To keep them, state its type: "dtype": {${JSON.stringify(name)}: "str"}.`,
        );
      }
    },
  };
}

const rows = (count: number): string => `${count} ${count === 1 ? "row" : "rows"}`;
