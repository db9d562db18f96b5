import type { Json } from "ferry-cdk";
import type { CsvFormat, CsvType } from "ferry-cdk/files";

/** What `reader_options` say, made whole by defaults. */
export interface ReaderOptions {
  readonly csv: CsvFormat;
  /** Which row, from 0 on, holds the names; undefined for none. */
  readonly header: number | undefined;
  readonly names: readonly string[] | undefined;
  /** Lines to leave out at the start. */
  readonly skipRows: number;
  /** Names, or numbers from 0 on, of the columns to read; all when undefined. */
  readonly columns: readonly (string | number)[] | undefined;
  /** Types that the user states: one for all columns, or by name. */
  readonly types: CsvType | ReadonlyMap<string, CsvType> | undefined;
  /** What becomes of rows with too many fields. */
  readonly longRows: "keep" | "drop" | "fail";
  /** Python's name of it; undefined for UTF-8, or what a byte order mark says. */
  readonly encoding: string | undefined;
  /** Records to read, at most. */
  readonly rows: number;
  readonly compression: "infer" | "gzip" | "zip" | "none";
  /** The file of a zip archive to read. */
  readonly member: string | undefined;
  /** The keys that lead to a JSON document's records. */
  readonly recordsPath: readonly string[];
  /** Whether JSON has a record a line. */
  readonly lines: boolean;
}

/** Reads one option: gives what it changes, or says what it must be. */
export type Option = (value: Json, options: ReaderOptions) => Partial<ReaderOptions> | string;
export type Options = Readonly<Record<string, Option>>;

export const isCount = (value: Json): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;

export function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
