import { valuesOf, type AnswerHead } from "./answer-head.ts";
import { malformed } from "./malformed.ts";

/** Tells where a body ends. */
export interface BodyFraming {
  /**
   * Takes what arrived and passes on the body's part of it. How many of the bytes belong to the answer once that is over,
   * undefined while it is not.
   */
  take(bytes: Uint8Array, pass: (chunk: Uint8Array) => void): number | undefined;
  /** Whether the body is over where the server closes the connection now. */
  mayClose(): boolean;
}

/** How the body of an answer is framed. @throws an error of the connection where lengths contradict each other */
export function framingOf(method: string, { status, headers }: AnswerHead): BodyFraming {
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return ofLength(0);
  if (valuesOf(headers, "transfer-encoding").at(-1) === "chunked") return chunked();
  // As in the reference's client, a length counts beside any other coding, such as `identity`.
  const lengths = new Set(valuesOf(headers, "content-length"));
  if (lengths.size > 1) throw malformed(`the answer has several lengths: ${[...lengths].join(", ")}`);
  const [length = ""] = lengths;
  // As the reference's client does, a length that is no number is passed over.
  return /^\d+$/.test(length) ? ofLength(Number(length)) : untilClosed();
}

function ofLength(length: number): BodyFraming {
  let left = length;
  return {
    take(bytes, pass) {
      const used = Math.min(left, bytes.length);
      if (used > 0) pass(used === bytes.length ? bytes : bytes.subarray(0, used));
      left -= used;
      return left === 0 ? used : undefined;
    },
    mayClose: () => false,
  };
}

function untilClosed(): BodyFraming {
  return {
    take(bytes, pass) {
      if (bytes.length > 0) pass(bytes);
      return undefined;
    },
    mayClose: () => true,
  };
}

const LONGEST_LINE = 16 * 1024;
const LINE_FEED = 10;

/** Chunks with a line each that says their size, and lines behind the last one. */
function chunked(): BodyFraming {
  let state: "size" | "data" | "data end" | "trailer" = "size";
  let line = "";
  let left = 0;

  /** The line that is whole now, if there is one; gives where it ends. */
  function readLine(bytes: Uint8Array, from: number): number | undefined {
    const found = bytes.indexOf(LINE_FEED, from);
    const part = bytes.subarray(from, found < 0 ? bytes.length : found);
    line += Buffer.from(part.buffer, part.byteOffset, part.length).toString("latin1");
    if (line.length > LONGEST_LINE) throw malformed("the answer's body has a line without an end between its chunks");
    return found < 0 ? undefined : found + 1;
  }

  function take(bytes: Uint8Array, pass: (chunk: Uint8Array) => void): number | undefined {
    for (let at = 0; at < bytes.length;) {
      if (state === "data") {
        const end = Math.min(at + left, bytes.length);
        pass(bytes.subarray(at, end));
        left -= end - at;
        at = end;
        if (left === 0) state = "data end";
        continue;
      }
      const next = readLine(bytes, at);
      if (next === undefined) return undefined;
      at = next;
      const text = line.trim();
      line = "";
      if (state === "trailer") {
        if (text === "") return at;
      } else if (state === "data end") {
        if (text !== "") throw malformed("a chunk of the answer's body is longer than it says");
        state = "size";
      } else {
        left = sizeOf(text);
        state = left === 0 ? "trailer" : "data";
      }
    }
    return undefined;
  }

  return {
    take,
    // As the reference's client does, the last line may be missing.
    mayClose: () => state === "trailer",
  };
}

function sizeOf(line: string): number {
  const digits = /^([0-9a-f]{1,13})(?:[ \t]*;.*)?$/i.exec(line)?.[1];
  if (digits === undefined) throw malformed(`a chunk of the answer's body has the size ${JSON.stringify(line)}`);
  return Number.parseInt(digits, 16);
}
