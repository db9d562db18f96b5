/** What sources of files are made of; see packages/source-csv. */
export { plainCsv, type CsvColumn, type CsvFormat, type CsvType } from "./csv/csv-format.ts";
export { firstCsvRow, type CsvRow } from "./csv/csv-head.ts";
export { createCsvRows, type CsvBatch, type CsvRowReader, type CsvRowsOptions } from "./csv/csv-rows.ts";
export { csvTypes } from "./csv/csv-types.ts";
export { textDecoder, unfinished, type DecodePart } from "./encoding/text-decoder.ts";
