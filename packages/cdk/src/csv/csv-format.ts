import { configError } from "../errors.ts";

/**
 * How a CSV text is written. Each character is one of ASCII, the delimiter any text of up to 16 bytes.
 * @experimental
 */
export interface CsvFormat {
  readonly delimiter: string;
  /** Undefined for none: then quotes are text. */
  readonly quote: string | undefined;
  /** Whether two quotes within quotes are one. */
  readonly doubleQuote: boolean;
  /** What takes the next character's meaning away. */
  readonly escape: string | undefined;
  /** What makes the rest of its line a comment. */
  readonly comment: string | undefined;
  readonly decimal: string;
  /** Whether spaces behind a delimiter are left out. */
  readonly skipInitialSpace: boolean;
  readonly skipBlankLines: boolean;
  /** Values that are null, the empty one among them or not. */
  readonly nulls: readonly string[];
}

/**
 * Commas, double quotes and a head.
 * @experimental
 */
export const plainCsv: CsvFormat = {
  delimiter: ",",
  quote: '"',
  doubleQuote: true,
  escape: undefined,
  comment: undefined,
  decimal: ".",
  skipInitialSpace: false,
  skipBlankLines: true,
  nulls: [""],
};

/**
 * What the values of a column are. The two kinds of date-time are those without and with a time zone.
 * @experimental
 */
export type CsvType = "string" | "integer" | "number" | "boolean" | "date" | "local-date-time" | "date-time";

/** @experimental */
export interface CsvColumn {
  readonly name: string;
  /** `skip`: the column is left out. */
  readonly type: CsvType | "skip";
}

/** The longest row, in bytes: one that is longer has most likely a quote that is not closed. */
export const LONGEST_ROW: number = 16 * 1024 * 1024;

export const unclosedQuote = (line: number): Error =>
  configError(`Line ${line} opens a quote that is never closed.`, { code: "unclosed-quote" });

export const rowTooLong = (line: number): Error =>
  configError(`The row at line ${line} is longer than ${LONGEST_ROW / 1024 / 1024} MB.`, { code: "row-too-long" });
