import type { CsvColumn, CsvFormat, CsvType } from "../csv-format.ts";
import { WASM } from "./csv.gen.ts";

interface Cell {
  value: number;
}
type Settings =
  | "delimiter"
  | "delimiterAt"
  | "delimiterLength"
  | "quote"
  | "doubled"
  | "escape"
  | "comment"
  | "decimal"
  | "skipSpace"
  | "skipBlank"
  | "dropLong"
  | "nulls"
  | "nullsAt"
  | "nullLengths"
  | "columns"
  | "columnsAt"
  | "maxRows"
  | "rowsAt"
  | "misfitsAt"
  | "misfitRoom"
  | "raggedAt"
  | "raggedRoom"
  | "outAt"
  | "limit"
  | "enough"
  | "line";
type Results = "count" | "misfits" | "ragged" | "state" | "lastEnd" | "unclosed";

/** What csv.as exports. Places are addresses in its memory. */
export type Scan = Readonly<Record<Exclude<Settings, "nullLengths"> | Results, Cell>> & {
  readonly nullLengths: { value: bigint };
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  convert(from: number, end: number, last: number): number;
};

// Why `convert` stopped.
export const MORE = 1;
export const FULL = 2;

export const ROW = 16;
export const MISFIT = 20;
export const RAGGED = 12;
const COLUMN = 20;
const MOST_ROWS = 1024;
const RAGGED_ROOM = 1024;
const NONE = 256; // no byte is this one
const START = 0x1000; // behind what the program keeps for itself
const SLACK = 256;
const PAGE = 65536;

export const TYPES: readonly (CsvType | "skip")[] = [
  "string",
  "integer",
  "number",
  "boolean",
  "date",
  "local-date-time",
  "date-time",
  "skip",
];

/** A scanner of one text, its settings made. */
export interface Memory {
  readonly scan: Scan;
  /** Where tables end, and input and output may stand. */
  readonly free: number;
  /** The memory as bytes, at least so many of them. */
  bytes(size: number): Buffer;
  /** How many values of a column were seen that are not null, and how many of those did not fit its type. */
  seen(column: number): { readonly values: number; readonly misfits: number };
}

interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Scan };
}
// Node's types leave WebAssembly to those of browsers, which a server program should not see.
const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
let compiled: object | undefined;

/** Without columns each row is a list of texts. */
export function createMemory(format: CsvFormat, columns: readonly CsvColumn[] | undefined): Memory {
  compiled ??= new Module(Buffer.from(WASM, "base64"));
  const scan = new Instance(compiled, { env: { abort: () => undefined } }).exports;
  let view = Buffer.from(scan.memory.buffer);
  let free = START;
  function bytes(size: number): Buffer {
    const missing = size - view.length;
    if (missing > 0) {
      scan.memory.grow(Math.ceil(missing / PAGE));
      view = Buffer.from(scan.memory.buffer);
    }
    return view;
  }
  function take(size: number): number {
    const at = free;
    free = (free + size + 31) & ~15; // texts are copied 16 bytes at a time
    bytes(free);
    return at;
  }
  function put(content: Uint8Array): number {
    const at = take(content.length);
    view.set(content, at);
    return at;
  }
  const code = (character: string | undefined): number => character?.charCodeAt(0) ?? NONE;

  const delimiter = Buffer.from(format.delimiter);
  scan.delimiter.value = delimiter[0]!;
  scan.delimiterLength.value = delimiter.length;
  scan.delimiterAt.value = put(delimiter);
  scan.quote.value = code(format.quote);
  scan.escape.value = code(format.escape);
  scan.comment.value = code(format.comment);
  scan.decimal.value = code(format.decimal);
  scan.doubled.value = Number(format.doubleQuote);
  scan.skipSpace.value = Number(format.skipInitialSpace);
  scan.skipBlank.value = Number(format.skipBlankLines);

  const nulls = format.nulls.map((text) => Buffer.from(text)).filter(({ length }) => length < 64);
  scan.nulls.value = nulls.length;
  scan.nullLengths.value =
    columns === undefined ? 0n : nulls.reduce((bits, { length }) => bits | (1n << BigInt(length)), 0n);
  scan.nullsAt.value = put(Buffer.concat(nulls.flatMap((text) => [number(text.length), text])));

  const table = take(COLUMN * (columns?.length ?? 0));
  columns?.forEach(({ name, type }, index) => {
    const key = Buffer.from(`,${JSON.stringify(name)}:${type === "string" ? '"' : ""}`);
    const keyAt = put(key);
    for (const [place, value] of [keyAt, key.length, TYPES.indexOf(type), 0, 0].entries()) {
      view.writeUInt32LE(value, table + COLUMN * index + 4 * place);
    }
  });
  scan.columns.value = columns?.length ?? 0;
  scan.columnsAt.value = table;
  scan.maxRows.value = MOST_ROWS;
  scan.rowsAt.value = take(ROW * MOST_ROWS);
  scan.misfitRoom.value = Math.max(2048, columns?.length ?? 0);
  scan.misfitsAt.value = take(MISFIT * scan.misfitRoom.value);
  scan.raggedRoom.value = RAGGED_ROOM;
  scan.raggedAt.value = take(RAGGED * RAGGED_ROOM);

  return {
    scan,
    free,
    bytes,
    seen(column) {
      const at = table + COLUMN * column + 12;
      return { values: view.readUInt32LE(at), misfits: view.readUInt32LE(at + 4) };
    },
  };
}

/** Says where the output goes. */
export function setOutput({ scan }: Memory, at: number, size: number, enough: number): void {
  scan.outAt.value = at;
  scan.limit.value = at + size - SLACK;
  scan.enough.value = at + Math.min(enough, size - SLACK);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
