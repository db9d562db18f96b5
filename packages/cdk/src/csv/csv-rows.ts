import type { Batch, Places } from "../json/rows/batch.ts";
import { rawRows } from "../json/rows/raw-rows.ts";
import type { JsonObject } from "../json/value.ts";
import type { CsvColumn, CsvFormat } from "./csv-format.ts";
import { createCsvScanner, type ScanSizes } from "./csv-scanner.ts";
import { MISFIT, RAGGED, ROW, type Memory } from "./scan/memory.ts";

/** A value that was left out of its row because its column has another type. */
export interface Misfit {
  /** Of the row, in the batch. */
  readonly row: number;
  readonly line: number;
  /** Of the column, from 0 on. */
  readonly column: number;
  readonly text: string;
}

/** A row with more or fewer fields than there are columns. */
export interface RaggedRow {
  /** In the batch; undefined where the row was dropped. */
  readonly row: number | undefined;
  readonly line: number;
  readonly fields: number;
}

/** @experimental */
export interface CsvBatch {
  readonly batch: Batch;
  readonly misfits: readonly Misfit[];
  readonly ragged: readonly RaggedRow[];
}

/**
 * Reads one CSV text, which is UTF-8 without a byte order mark.
 * @experimental
 */
export interface CsvRowReader {
  /** Takes some bytes and gives the rows that are complete. */
  push(chunk: Uint8Array): Generator<CsvBatch, void>;
  end(): Generator<CsvBatch, void>;
}

/** @experimental */
export interface CsvRowsOptions {
  readonly format: CsvFormat;
  readonly columns: readonly CsvColumn[];
  /** Number of the text's first line; 1 when left out. */
  readonly line?: number | undefined;
  /** Whether rows with too many fields are left out. */
  readonly dropLong?: boolean | undefined;
  readonly sizes?: ScanSizes | undefined;
}

/**
 * Turns CSV into rows of JSON by the columns' types, byte by byte: no value becomes a string or an object on the way. Nulls,
 * and what does not fit its column, are left out. A misfit's text holds to the next step of the generator.
 * @experimental
 */
export function createCsvRows({ format, columns, line = 1, dropLong = false, sizes }: CsvRowsOptions): CsvRowReader {
  const scanner = createCsvScanner(format, columns, line, sizes);
  const { memory } = scanner;
  const { scan } = memory;
  scan.dropLong.value = Number(dropLong);

  function* rows(): Generator<CsvBatch, void> {
    while (scanner.step()) yield take();
  }

  function take(): CsvBatch {
    const bytes = memory.bytes(0);
    const places = placesOf(memory);
    const misfits = table(bytes, scan.misfitsAt.value, MISFIT, scan.misfits.value).map(
      ([row, column, at, from, to]): Misfit => ({
        row: row!,
        column: column!,
        line: at!,
        text: bytes.toString("utf8", from, to),
      }),
    );
    const batch = rawRows(places, scan.count.value, []);
    return {
      batch: misfits.length === 0 ? batch : { ...batch, meta: changesOf(misfits) },
      misfits,
      ragged: table(bytes, scan.raggedAt.value, RAGGED, scan.ragged.value).map(([row, at, fields]) => ({
        row: row! < 0 ? undefined : row!,
        line: at!,
        fields: fields!,
      })),
    };
  }

  function changesOf(misfits: readonly Misfit[]): (row: number) => JsonObject | undefined {
    const changes = new Map<number, JsonObject[]>();
    for (const { row, column } of misfits) {
      const known = changes.get(row) ?? [];
      changes.set(row, known);
      known.push({ field: columns[column]!.name, change: "NULLED", reason: "SOURCE_SERIALIZATION_ERROR" });
    }
    return (row) => {
      const found = changes.get(row);
      return found && { changes: found };
    };
  }

  return {
    *push(chunk) {
      scanner.add(chunk);
      yield* rows();
    },
    *end() {
      scanner.end();
      yield* rows();
    },
  };
}

/** Where the rows of a scanner's last step stand, in a copy of its output. */
export function placesOf(memory: Memory): Places {
  const { scan } = memory;
  const bytes = memory.bytes(0);
  const stride = ROW / Int32Array.BYTES_PER_ELEMENT;
  return {
    bytes: copyOf(bytes, scan.outAt.value, scan.lastEnd.value),
    at: new Int32Array(bytes.buffer, scan.rowsAt.value, scan.count.value * stride).slice(),
    stride,
    cuts: NO_CUTS,
    seen: 0,
  };
}

const NO_CUTS = new Int32Array(0);

function copyOf(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(to - from);
  bytes.copy(copy, 0, from, to);
  return copy;
}

function table(bytes: Buffer, at: number, size: number, count: number): number[][] {
  const columns = size / Int32Array.BYTES_PER_ELEMENT;
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (__, column) => bytes.readInt32LE(at + size * row + 4 * column)),
  );
}
