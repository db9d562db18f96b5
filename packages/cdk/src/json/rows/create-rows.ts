import type { Json } from "../value.ts";
import type { Batch } from "./batch.ts";
import { documentRows } from "./document-rows.ts";
import { lineRows } from "./line-rows.ts";

/** @experimental */
export interface RowsOptions {
  /** The keys that lead to the rows. Not used with `lines`. */
  readonly path?: readonly string[] | undefined;
  /** Top-level fields of the rows that will be asked for. */
  readonly fields?: readonly string[] | undefined;
  /** The body is a value a line. */
  readonly lines?: boolean | undefined;
  /** Finds the rows of a body that had to be parsed as a whole; needed where the path has wildcards. */
  readonly extract?: ((body: Json) => readonly Json[]) | undefined;
  /** Is told of a line that is no JSON, which is then left out. Without it such a line is a fault of the body. */
  readonly skipLine?: ((line: string, fault: SyntaxError) => void) | undefined;
}

/**
 * Reads one body. Whatever is wrong with the body is thrown as a SyntaxError.
 * @experimental
 */
export interface RowReader {
  /** Takes some bytes, which must not change any more, and gives the rows that are complete. */
  push(chunk: Uint8Array): Generator<Batch, void>;
  /** The last rows; then returns the body with nothing left where its rows were; undefined for lines. */
  end(): Generator<Batch, Json | undefined>;
}

/**
 * Finds the rows in a body while it arrives, without a parse: rows stay bytes until someone asks for a value. Rows are
 * those of a `JsonDecoder` (`JsonlDecoder` with `lines`) followed by a `DpathExtractor`; only `{}` in a list stays a row.
 * @experimental
 */
export function createRows({ path = [], fields = [], lines = false, extract, skipLine }: RowsOptions): RowReader {
  return lines ? lineRows(fields, skipLine) : documentRows(path, fields, extract);
}
