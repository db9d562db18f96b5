import { parseJson } from "../json/parse.ts";
import type { CsvFormat } from "./csv-format.ts";
import { createCsvScanner } from "./csv-scanner.ts";

/**
 * The fields of one row, and where the next one begins.
 * @experimental
 */
export interface CsvRow {
  readonly fields: readonly string[];
  /** Bytes behind the start of the text. */
  readonly next: number;
  /** Number of the next row's line. */
  readonly line: number;
}

/**
 * The first row of a text, its fields as they stand; undefined where there is none, or, unless `whole`, it is not complete.
 * @experimental
 */
export function firstCsvRow(text: Uint8Array, format: CsvFormat, line: number, whole: boolean): CsvRow | undefined {
  const scanner = createCsvScanner(format, undefined, line);
  const { memory } = scanner;
  const { scan } = memory;
  scan.maxRows.value = 1;
  scanner.add(text);
  if (whole) scanner.end();
  if (!scanner.step()) return undefined;
  const row = memory.bytes(0).toString("utf8", scan.outAt.value, scan.lastEnd.value);
  // A row without columns is a list of texts.
  return { fields: parseJson(row) as string[], next: text.length - scanner.left, line: scan.line.value };
}
