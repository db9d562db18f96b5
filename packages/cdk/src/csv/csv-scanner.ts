import { LONGEST_ROW, rowTooLong, unclosedQuote, type CsvColumn, type CsvFormat } from "./csv-format.ts";
import { createMemory, FULL, MORE, setOutput, type Memory } from "./scan/memory.ts";

/** Walks through a CSV text part by part; after each step the results stand in `memory` until the next one. */
export interface CsvScanner {
  readonly memory: Memory;
  /** Adds bytes of UTF-8. */
  add(chunk: Uint8Array): void;
  /** No bytes will follow. */
  end(): void;
  /** Converts some rows; false where the next one is not whole, or there is none. @throws for one that never will be */
  step(): boolean;
  /** Bytes that were added and belong to no row yet. */
  readonly left: number;
  /** Those that the last step converted; they hold until the next call. */
  converted(): Buffer;
  /** A copy of those that are left. */
  rest(): Buffer;
}

const PAD = 64;
const LARGE = 1 << 20;

export interface ScanSizes {
  /** Bytes of the output that make a batch. */
  readonly batch: number;
}

/** So much of JSON is a batch that the row printer can frame it in its buffer. */
const BATCH = 128 * 1024;

/** `line`: the number of the text's first line. */
export function createCsvScanner(
  format: CsvFormat,
  columns: readonly CsvColumn[] | undefined,
  line: number,
  { batch }: ScanSizes = { batch: BATCH },
): CsvScanner {
  const memory = createMemory(format, columns);
  const { scan, free } = memory;
  let outSize = batch + 64 * 1024;
  let input = place(outSize);
  let before = 0; // where the last step began, from `input` on
  let from = 0; // the first row that was not converted
  let filled = 0;
  let enough = 0; // a huge row is looked at again when it has doubled, so that it costs no square of its size
  let last = false;
  scan.line.value = line;

  function place(size: number): number {
    setOutput(memory, free, size, batch);
    return free + size;
  }

  function growOutput(): void {
    if (outSize > 8 * LONGEST_ROW) throw rowTooLong(scan.line.value);
    const before = input;
    outSize *= 2;
    input = place(outSize);
    const bytes = memory.bytes(input + filled + PAD);
    bytes.copyWithin(input, before, before + filled);
    bytes.fill(0, input + filled, input + filled + PAD);
  }

  return {
    memory,
    get left() {
      return filled - from;
    },
    converted: () => memory.bytes(0).subarray(input + before, input + from),
    rest: () => Buffer.from(memory.bytes(0).subarray(input + from, input + filled)),
    add(chunk) {
      const bytes = memory.bytes(input + filled - from + chunk.length + PAD);
      if (from > 0) bytes.copyWithin(input, input + from, input + filled);
      filled -= from;
      from = 0;
      bytes.set(chunk, input + filled);
      filled += chunk.length;
      bytes.fill(0, input + filled, input + filled + PAD);
    },
    end() {
      last = true;
    },
    step() {
      if (filled - from < enough && !last) return false;
      before = from;
      for (;;) {
        const next = scan.convert(input + from, input + filled, Number(last)) - input;
        const found = scan.count.value + scan.ragged.value > 0;
        from = next;
        if (found) {
          enough = 0;
          return true;
        }
        if (scan.state.value === FULL) growOutput();
        else if (scan.state.value === MORE) {
          const left = filled - from;
          if (last && left > 0) throw unclosedQuote(scan.unclosed.value);
          if (left > LONGEST_ROW) throw tooLong();
          enough = left > LARGE ? Math.min(2 * left, LONGEST_ROW + 1) : 0;
          return false;
        }
      }
    },
  };

  function tooLong(): Error {
    return scan.unclosed.value > 0 ? unclosedQuote(scan.unclosed.value) : rowTooLong(scan.line.value);
  }
}
