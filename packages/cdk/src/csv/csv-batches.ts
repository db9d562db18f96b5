import { isUtf8 } from "node:buffer";
import { FLAGS, type Batch } from "../json/rows/batch.ts";
import { rawRows } from "../json/rows/raw-rows.ts";
import { valueRows } from "../json/rows/value-rows.ts";
import type { JsonObject } from "../json/value.ts";
import { textDecoder, type DecodePart } from "../encoding/text-decoder.ts";
import { plainCsv, type CsvFormat } from "./csv-format.ts";
import { createCsvReader } from "./csv-reader.ts";
import { placesOf } from "./csv-rows.ts";
import { createCsvScanner } from "./csv-scanner.ts";
import { newlineBytes } from "./universal-newlines.ts";

/** What the rows of one CSV text become. */
export interface CsvTable {
  /** The records of these rows, which follow those of the call before; the text's first row may be none but their names. */
  records(rows: readonly (readonly string[])[]): JsonObject[];
  /**
   * The names of the fields, once that is known, where each row of as many fields has them as its members in this order;
   * else undefined.
   */
  columns(): readonly string[] | undefined;
}

export interface CsvBatchesOptions {
  readonly delimiter: string;
  readonly table: CsvTable;
  /** Values that are null; the table takes them for null too. */
  readonly nulls: readonly string[];
  /** Bytes behind the first rows below which a text is not worth a scanner; some thousand when left out. */
  readonly small?: number | undefined;
}

/** So many lines are looked at for the names of the fields. */
const HEAD = 20;
const SMALL = 16 * 1024;

/**
 * The records of a CSV text in UTF-8, as Python's reader of CSV finds them. Where rows are plain they become JSON byte by
 * byte, without a string or an object for each value; a batch that holds a row of another length is read as texts.
 */
export async function* csvBatches(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter, table, nulls, small = SMALL }: CsvBatchesOptions,
): AsyncGenerator<Batch> {
  const decode = await textDecoder("utf-8");
  const newlines = newlineBytes();
  const reader = createCsvReader(delimiter);
  let begun: Begun | undefined;
  let scanned: ScannedCsv | undefined;
  let looks = /^["\n\r\0]$/.test(delimiter) ? 0 : HEAD;

  function* records(part: Uint8Array, last: boolean): Generator<Batch, void> {
    const rows = reader.push(decode(part, last));
    const made = table.records(last ? [...rows, ...reader.end()] : rows);
    if (made.length > 0) yield valueRows(made);
  }

  /** The first lines as texts, until the names of the fields are known. */
  function* start(part: Buffer): Generator<Batch, void> {
    let at = 0;
    for (let end = part.indexOf(10); end >= 0 && looks > 0; end = part.indexOf(10, at)) {
      looks--;
      yield* records(part.subarray(at, end + 1), false);
      at = end + 1;
      const columns = table.columns();
      if (columns === undefined) continue;
      looks = 0;
      begun = { columns, bytes: Buffer.from(reader.rest()) };
      return yield* goOn(begun, part.subarray(at));
    }
    if (at < part.length) yield* records(part.subarray(at), false);
  }

  /** Keeps what follows the first lines until it is worth a scanner: a server may send them by themselves. */
  function* goOn(start: Begun, part: Buffer): Generator<Batch, void> {
    const bytes = Buffer.concat([start.bytes, part]);
    begun = { ...start, bytes };
    if (bytes.length < small) return;
    scanned = scanCsv({ ...plainCsv, delimiter, nulls, skipBlankLines: false }, start.columns, table, decode);
    begun = undefined;
    yield* scanned.push(bytes);
  }

  try {
    for await (const chunk of bytes) {
      const part = newlines(chunk, false);
      if (scanned !== undefined) yield* scanned.push(part);
      else yield* begun === undefined ? start(part) : goOn(begun, part);
    }
  } catch (fault) {
    if (begun !== undefined) yield* records(begun.bytes, false); // whole rows before a break are records
    throw fault;
  }
  const rest = newlines(new Uint8Array(), true);
  if (scanned === undefined) yield* records(begun === undefined ? rest : Buffer.concat([begun.bytes, rest]), true);
  else {
    yield* scanned.push(rest);
    yield* records(scanned.rest(), true);
  }
}

/** A text whose columns are known, but not yet whether a scanner is worth it. */
interface Begun {
  readonly columns: readonly string[];
  /** What follows the rows that were read. */
  readonly bytes: Buffer;
}

interface ScannedCsv {
  push(part: Uint8Array): Generator<Batch, void>;
  /** What is no whole row yet. */
  rest(): Buffer;
}

function scanCsv(format: CsvFormat, columns: readonly string[], table: CsvTable, decode: DecodePart): ScannedCsv {
  const isInOrder = columns.every((name) => !/^\d/.test(name)); // else JavaScript would reorder them
  const behindQuotes = new RegExp(`(?:^|[\n${format.delimiter.replace(/[\\\]^-]/, "\\$&")}])""[^"\n]`);
  const scanner = createCsvScanner(
    format,
    columns.map((name) => ({ name, type: "string" })),
    1,
  );

  /** The scanner takes no text behind an empty pair of quotes, such as `""NA`, for a null. */
  const hidesNull = (): boolean => format.nulls.length > 0 && behindQuotes.test(scanner.converted().toString("latin1"));

  /** Rows as they stand in the text. */
  function texts(): Batch {
    const reader = createCsvReader(format.delimiter);
    const rows = reader.push(decode(scanner.converted(), false));
    return valueRows(table.records([...rows, ...reader.end()]));
  }

  function rows(): Batch {
    const { scan } = scanner.memory;
    if (scan.ragged.value > 0 || !isUtf8(scanner.converted()) || hidesNull()) return texts();
    const places = placesOf(scanner.memory);
    // All values are texts, which need no care.
    if (isInOrder) for (let flags = FLAGS; flags < places.at.length; flags += places.stride) places.at[flags] = 0;
    return rawRows(places, scan.count.value, []);
  }

  return {
    *push(part) {
      if (part.length === 0) return;
      scanner.add(part);
      while (scanner.step()) {
        const batch = rows();
        if (batch.length > 0) yield batch;
      }
    },
    rest: () => scanner.rest(),
  };
}
