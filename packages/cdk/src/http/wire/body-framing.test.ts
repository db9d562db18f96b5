import { expect, test } from "vitest";
import { framingOf } from "./body-framing.ts";

/** Reads a body that arrives in pieces of this size, up to its end or that of the connection. */
function readBody(text: string, piece: number, headers: readonly string[], method = "GET", status = 200): unknown {
  const bytes = Buffer.from(text, "latin1");
  const framing = framingOf(method, { status, headers, keepsAlive: true, size: 0 });
  let body = "";
  const pass = (chunk: Uint8Array): void => void (body += Buffer.from(chunk).toString("latin1"));
  let from = 0;
  do {
    const used = framing.take(bytes.subarray(from, from + piece), pass);
    if (used !== undefined) return { body, rest: text.slice(from + used) };
    from += piece;
  } while (from < bytes.length);
  return { body, mayClose: framing.mayClose() };
}

const length = ["Content-Length", "5"];
const chunks = ["Transfer-Encoding", "chunked"];
test.each<[string, string, readonly string[], unknown]>([
  ["a length", "hello", length, { body: "hello", rest: "" }],
  ["a length, and more behind", "hello!!", length, { body: "hello", rest: "!!" }],
  ["a length that is not reached", "hell", length, { body: "hell", mayClose: false }],
  ["no length", "hello", [], { body: "hello", mayClose: true }],
  ["a length that is no number", "hello", ["Content-Length", "-1"], { body: "hello", mayClose: true }],
  ["a length twice", "hello", ["content-length", "5", "Content-Length", "5"], { body: "hello", rest: "" }],
  ["chunks", "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", chunks, { body: "hello", rest: "" }],
  ["chunks, and more behind", "5\r\nhello\r\n0\r\n\r\nx", chunks, { body: "hello", rest: "x" }],
  [
    "chunks and a length, which does not count",
    "5\r\nhello\r\n0\r\n\r\n",
    [...length, ...chunks],
    { body: "hello", rest: "" },
  ],
  [
    "chunks within a coding",
    "5\r\nhello\r\n0\r\n\r\n",
    ["transfer-encoding", "gzip, Chunked"],
    { body: "hello", rest: "" },
  ],
  ["a coding without chunks", "hello", ["Transfer-Encoding", "gzip"], { body: "hello", mayClose: true }],
  [
    "a coding that is none, and a length",
    "hello",
    ["Transfer-Encoding", "identity", ...length],
    { body: "hello", rest: "" },
  ],
  [
    "sizes in capitals, with zeros and extensions",
    "0A;x=1\r\n0123456789\r\n000\r\n\r\n",
    chunks,
    { body: "0123456789", rest: "" },
  ],
  ["line feeds alone", "5\nhello\n0\n\n", chunks, { body: "hello", rest: "" }],
  ["trailers", "5\r\nhello\r\n0\r\nA: 1\r\nB: 2\r\n\r\n", chunks, { body: "hello", rest: "" }],
  ["chunks without the last line", "5\r\nhello\r\n0\r\n", chunks, { body: "hello", mayClose: true }],
  ["chunks that break off", "5\r\nhello\r\n", chunks, { body: "hello", mayClose: false }],
  ["a chunk that breaks off", "5\r\nhel", chunks, { body: "hel", mayClose: false }],
])("reads a body of %s, however it arrives", (_, text, headers, expected) => {
  for (let piece = 1; piece <= text.length; piece++) {
    const read = readBody(text, piece, headers) as { rest?: string };
    // What lies behind the end is told as far as it came along.
    if (read.rest !== undefined) read.rest = text.slice(text.length - (expected as { rest: string }).rest.length);
    expect(read).toEqual(expected);
  }
  expect(readBody(text, text.length, headers)).toEqual(expected);
});

test.each([
  ["HEAD", 200],
  ["GET", 204],
  ["GET", 304],
  ["GET", 101],
])("an answer to %s with status %i has no body, whatever its headers say", (method, status) => {
  expect(readBody("", 1, length, method, status)).toEqual({ body: "", rest: "" });
  expect(readBody("next", 4, chunks, method, status)).toEqual({ body: "", rest: "next" });
});

test.each<[string, string, readonly string[], string]>([
  ["two lengths", "", ["Content-Length", "5", "Content-Length", "6"], "several lengths: 5, 6"],
  ["a size that is none", "hello\r\n", chunks, 'the size "hello"'],
  ["a negative size", "-5\r\nhello\r\n", chunks, 'the size "-5"'],
  ["a huge size", "fffffffffffffffff\r\n", chunks, "the size"],
  ["a chunk longer than its size", "3\r\nhello\r\n0\r\n\r\n", chunks, "longer than it says"],
  ["a line without an end", "1".repeat(20_000), chunks, "without an end"],
])("a body with %s is an error of the connection", (_, text, headers, message) => {
  for (const piece of [1, 7, text.length + 1]) expect(() => readBody(text, piece, headers)).toThrow(message);
});
