/** What sources of files are made of; see packages/source-csv. */
export { gunzipped } from "./components/decoders/shared/gunzip.ts";
export { zipEntries, type ZipArchive, type ZipEntry } from "./components/decoders/shared/zip-entries.ts";
export { plainCsv, type CsvColumn, type CsvFormat, type CsvType } from "./csv/csv-format.ts";
export { firstCsvRow, type CsvRow } from "./csv/csv-head.ts";
export { createCsvRows, type CsvBatch, type CsvRowReader, type CsvRowsOptions } from "./csv/csv-rows.ts";
export { csvTypes } from "./csv/csv-types.ts";
export { textDecoder, unfinished, type DecodePart } from "./encoding/text-decoder.ts";
export { isHttpFailure } from "./http/failure.ts";
export { createSend } from "./http/send.ts";
export type {
  Answer,
  Exchange,
  HttpFailure,
  HttpRequest,
  HttpResponse,
  Send,
  SendOptions,
  Transport,
} from "./http/types.ts";
export { createRows, type RowReader, type RowsOptions } from "./json/rows/create-rows.ts";
