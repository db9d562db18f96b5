import { expect, test } from "vitest";
import { readHead } from "./answer-head.ts";

const lines = (...all: readonly string[]): string => all.join("\r\n");

test.each<[string, string, number, boolean, readonly string[]]>([
  ["usual", lines("HTTP/1.1 200 OK", "A: 1", "b:2", "", ""), 200, true, ["A", "1", "b", "2"]],
  ["without headers", lines("HTTP/1.1 204 No Content", "", ""), 204, true, []],
  ["without a reason", lines("HTTP/1.1 404", "A: 1", "", ""), 404, true, ["A", "1"]],
  ["with a blank for a reason", lines("HTTP/1.1 404 ", "A: 1", "", ""), 404, true, ["A", "1"]],
  ["with line feeds alone", "HTTP/1.1 200 OK\nA: 1\n\n", 200, true, ["A", "1"]],
  ["with both line ends", "HTTP/1.1 200 OK\nA: 1\r\n\r\n", 200, true, ["A", "1"]],
  ["after an empty line", lines("", "HTTP/1.1 200 OK", "A: 1", "", ""), 200, true, ["A", "1"]],
  ["with blanks around a value", lines("HTTP/1.1 200 OK", "A: \t 1 2\t ", "", ""), 200, true, ["A", "1 2"]],
  ["with an empty value", lines("HTTP/1.1 200 OK", "A:", "B: 2", "", ""), 200, true, ["A", "", "B", "2"]],
  ["with a colon in a value", lines("HTTP/1.1 200 OK", "A: b:c", "", ""), 200, true, ["A", "b:c"]],
  ["with a folded value", lines("HTTP/1.1 200 OK", "A: 1", "  2", "\t3", "", ""), 200, true, ["A", "1 2 3"]],
  ["with a line that is no header", lines("HTTP/1.1 200 OK", "what", ": x", "A: 1", "", ""), 200, true, ["A", "1"]],
  ["with Latin-1", lines("HTTP/1.1 200 OK", "A: \xe9", "", ""), 200, true, ["A", "\xe9"]],
  ["that closes", lines("HTTP/1.1 200 OK", "CONNECTION: Close", "", ""), 200, false, ["CONNECTION", "Close"]],
  [
    "that closes, among others",
    lines("HTTP/1.1 200 OK", "Connection: x, close", "", ""),
    200,
    false,
    ["Connection", "x, close"],
  ],
  ["of HTTP/1.0", lines("HTTP/1.0 200 OK", "A: 1", "", ""), 200, false, ["A", "1"]],
  [
    "of HTTP/1.0 that keeps",
    lines("HTTP/1.0 200 OK", "Connection: keep-alive", "", ""),
    200,
    true,
    ["Connection", "keep-alive"],
  ],
  ["of another protocol from now on", lines("HTTP/1.1 101 Switching", "", ""), 101, false, []],
])("reads a head %s, however it arrives", (_, text, status, keepsAlive, headers) => {
  const whole = Buffer.from(text, "latin1");
  for (let length = 0; length < whole.length; length++) expect(readHead(whole.subarray(0, length))).toBeUndefined();
  const expected = { status, keepsAlive, headers, size: whole.length };
  expect(readHead(whole)).toEqual(expected);
  expect(readHead(Buffer.concat([whole, Buffer.from("\n\nA: 2\r\n\r\nbody")]))).toEqual(expected);
});

test.each(["SSH-2.0-OpenSSH", "<html></html>", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 2000\r\n\r\n"])(
  "%j is no head",
  (text) => expect(() => readHead(Buffer.from(text))).toThrow("no answer of HTTP"),
);
