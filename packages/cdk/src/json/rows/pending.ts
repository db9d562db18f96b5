/** The bytes of a body that are not used up yet. */
interface Pending {
  add(chunk: Uint8Array): void;
  /** All of them in one piece; undefined when so few came since the last look that another is not worth it. */
  take(ended: boolean): Buffer | undefined;
  /** Forgets the first ones. */
  use(count: number): void;
  /** How many were used up. */
  used(): number;
  /** How many were not. */
  left(): number;
}

const MARK = 3; // a byte order mark, which is no start of a row
const LARGE = 65536;
const EMPTY = Buffer.alloc(0);

export function createPending(): Pending {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let enough = MARK;
  let used = 0;

  function join(): Buffer {
    const [only] = chunks;
    if (only === undefined) return EMPTY;
    if (chunks.length !== 1) return Buffer.concat(chunks, size);
    return Buffer.from(only.buffer, only.byteOffset, only.length);
  }

  return {
    used: () => used,
    left: () => size,
    add(chunk) {
      if (chunk.length === 0) return;
      chunks.push(chunk);
      size += chunk.length;
    },
    take(ended) {
      if (size < enough && !ended) return undefined;
      // What is large and no row yet is looked at again when it has doubled, so that a huge row costs no square of its size.
      enough = size > LARGE ? 2 * size : 0;
      const bytes = join();
      chunks = bytes.length === 0 ? [] : [bytes];
      return bytes;
    },
    use(count) {
      if (count === 0) return;
      if (count === size) {
        chunks = [];
        size = 0;
        used += count;
        enough = 0;
        return;
      }
      const rest = join().subarray(count);
      chunks = rest.length === 0 ? [] : [rest];
      size = rest.length;
      used += count;
      enough = size > LARGE ? 2 * size : 0;
    },
  };
}

/** How far a row's end is looked for. */
const NEAR = 8192;

/**
 * A chunk in two parts, cut where the row that an earlier chunk began seems to end: only the first part must be joined with
 * what is left of that row, and the second need not be copied. A wrong guess costs no more than a copy.
 */
export function cutAtRow(chunk: Uint8Array, left: number, mark: string): readonly Uint8Array[] {
  if (left === 0 || left > NEAR || chunk.length < 2 * NEAR) return [chunk];
  const found = Buffer.from(chunk.buffer, chunk.byteOffset, NEAR).indexOf(mark, 0, "latin1");
  return found < 0 ? [chunk] : [chunk.subarray(0, found + 1), chunk.subarray(found + 1)];
}
