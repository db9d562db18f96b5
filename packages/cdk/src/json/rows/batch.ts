import type { Json, JsonObject } from "../value.ts";

/**
 * Some rows of a stream, in order. What flows is `AsyncIterable<Batch>`. Made by `createRows`, where a row is a place in
 * the bytes of a body until someone asks for its value, or by `valueRows`. A batch owns what it is made of: several may be
 * held at once. A value changed in place is not what raw rows print: map such a batch to `valueRows`.
 */
export interface Batch {
  readonly length: number;
  /** Row i, parsed when asked for: of raw rows a new value each time, unless it was asked for just before. */
  value(i: number): Json;
  /** A top-level member of row i. No parse of the row for a field that was announced to `createRows`. */
  field(i: number, name: string): Json | undefined;
  /** JSON to print: one line, an object's top-level nulls left out. */
  text(i: number): string;
  /** Whether every row is known to be an object, without a look at the values. */
  readonly onlyObjects?: boolean | undefined;
  /** The `file_reference` of row i's message, where a file belongs to it. */
  fileReference?(i: number): JsonObject | undefined;
  /** The `meta` of row i's message, where something of the row was changed on its way. */
  meta?(i: number): JsonObject | undefined;
  /** Where the rows stand in bytes, for a writer that can copy them. */
  readonly places?: Places | undefined;
}

/** Row i has `stride` numbers in `at`, those of {@link START} and so on, then start and end of each announced field. */
export interface Places {
  readonly bytes: Buffer;
  readonly at: Int32Array;
  readonly stride: number;
  /** Pairs of positions: spans to leave out (white space between tokens, null members). */
  readonly cuts: Int32Array;
  /** The flags of all rows together. */
  readonly seen: number;
}

export const START = 0;
export const END = 1;
/** Where the row's cuts end in `cuts`; they begin where those of the row before end. */
export const CUTS_END = 2;
export const FLAGS = 3;
/** Start and end of the first announced field, negative where the row lacks it; two numbers a field follow. */
export const FIELDS = 4;

/** A flag: the row cannot be printed as it stands (a key came twice, NaN): print its text. */
export const ODD = 1;
/** A flag: `JSON.parse` would lose something of the row. */
export const CARE = 2;
/** A flag: the row is no object. */
export const OTHER = 4;
/** A flag: the row is `{}`. */
export const EMPTY = 8;
