import { CUTS_END, END, FLAGS, ODD, START, type Batch, type Places } from "./batch.ts";

interface RowPrinter {
  /** Prints every row of a batch between `head` and `tail`. */
  rows(batch: Batch, head: string, tail: string): void;
  text(text: string): void;
  /** Hands all that was printed to `write`. */
  flush(): void;
}

const SIZE = 1 << 19;

/**
 * Gathers what is printed in one buffer, which `write` gets when it is full; the bytes hold only until `write` returns.
 * Rows that are places in bytes are copied, without a string or a view for each.
 */
export function createRowPrinter(write: (bytes: Uint8Array) => void, size: number = SIZE): RowPrinter {
  const buffer = Buffer.allocUnsafeSlow(size);
  let used = 0;

  function flush(): void {
    if (used > 0) write(buffer.subarray(0, used));
    used = 0;
  }

  /** Makes room; false when there is none for so much even in an empty buffer. */
  function room(length: number): boolean {
    if (used + length > size) flush();
    return length <= size;
  }

  function text(content: string): void {
    if (room(3 * content.length)) used += buffer.write(content, used);
    else write(Buffer.from(content));
  }

  function append(bytes: Buffer, from: number, to: number): void {
    if (room(to - from)) used += bytes.copy(buffer, used, from, to);
    else write(bytes.subarray(from, to));
  }

  /**
   * The bytes of the batch are copied to the buffer's end once, and from there each span is moved down: `copyWithin` costs a
   * quarter of what a copy between two buffers does. `tail` and `head` between two rows are one span, moved the same way.
   */
  function move({ bytes, at, stride, cuts }: Places, length: number, head: string, frame: Buffer): boolean {
    const first = at[START]!;
    const last = at[(length - 1) * stride + END]!;
    const source = frame.length + last - first;
    const headLength = Buffer.byteLength(head);
    if (!room(headLength + length * frame.length + (last - first) + source)) return false;
    const base = size - (last - first);
    const mold = base - frame.length;
    bytes.copy(buffer, base, first, last);
    frame.copy(buffer, mold);
    used += buffer.write(head, used);
    const shift = base - first;
    let cut = 0;
    for (let row = 0; row < length * stride; row += stride) {
      let from = at[row + START]!;
      const cutsEnd = at[row + CUTS_END]!;
      for (; cut < cutsEnd; cut += 2) {
        const to = cuts[cut]!;
        if (to > from) {
          buffer.copyWithin(used, shift + from, shift + to);
          used += to - from;
        }
        from = cuts[cut + 1]!;
      }
      const to = at[row + END]!;
      buffer.copyWithin(used, shift + from, shift + to);
      used += to - from;
      buffer.copyWithin(used, mold, base);
      used += frame.length;
    }
    used -= headLength; // of the frame behind the last row
    return true;
  }

  /** Row by row: for those that need their text, and for what is larger than the buffer. */
  function one(batch: Batch, i: number): void {
    const places = batch.places;
    if (places === undefined || places.at[i * places.stride + FLAGS]! & ODD) {
      text(batch.text(i));
      return;
    }
    const { bytes, at, stride, cuts } = places;
    let from = at[i * stride + START]!;
    for (let cut = i === 0 ? 0 : at[(i - 1) * stride + CUTS_END]!; cut < at[i * stride + CUTS_END]!; cut += 2) {
      append(bytes, from, cuts[cut]!);
      from = cuts[cut + 1]!;
    }
    append(bytes, from, at[i * stride + END]!);
  }

  return {
    rows(batch, head, tail) {
      const { places, length } = batch;
      if (length === 0) return;
      const isMoved =
        places !== undefined && (places.seen & ODD) === 0 && move(places, length, head, Buffer.from(tail + head));
      if (isMoved) return;
      for (let i = 0; i < length; i++) {
        text(head);
        one(batch, i);
        text(tail);
      }
    },
    text,
    flush,
  };
}
