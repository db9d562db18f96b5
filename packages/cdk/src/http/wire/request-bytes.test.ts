import { expect, test } from "vitest";
import { isHttpFailure } from "../failure.ts";
import type { HttpRequest } from "../types.ts";
import { requestBytes } from "./request-bytes.ts";

const to = { target: "/a?b=1", authority: "api.test:81", proxyCredentials: undefined };
const request = (more: Partial<HttpRequest>): HttpRequest => ({ method: "GET", url: "", headers: {}, ...more });
const around = (lines: string, method = "GET"): string =>
  `${method} /a?b=1 HTTP/1.1\r\nhost: api.test:81\r\nconnection: keep-alive\r\n${lines}\r\n`;

test.each<[string, HttpRequest, string]>([
  ["no headers", request({}), around("")],
  ["headers in their order", request({ headers: { B: "2", a: "\xe9" } }), around("B: 2\r\na: \xe9\r\n")],
  ["a host of its own", request({ headers: { HOST: "other" } }), around("").replace("api.test:81", "other")],
  ["a connection of its own", request({ headers: { Connection: "close" } }), around("").replace("keep-alive", "close")],
  ["an empty POST", request({ method: "POST" }), around("content-length: 0\r\n", "POST")],
  ["an empty body", request({ body: "" }), around("content-length: 0\r\n")],
  ["a text", request({ body: "ü" }), `${around("content-length: 2\r\n")}\xc3\xbc`],
  ["bytes", request({ body: Uint8Array.of(0, 255) }), `${around("content-length: 2\r\n")}\0\xff`],
])("a request with %s", (_, given, expected) => {
  const bytes = requestBytes(given, to);
  expect(typeof bytes === "string" ? bytes : bytes.toString("latin1")).toBe(expected);
});

test("a proxy gets its credentials", () => {
  expect(requestBytes(request({}), { ...to, proxyCredentials: "Basic eA==" })).toBe(
    around("proxy-authorization: Basic eA==\r\n"),
  );
});

test.each<[string, Partial<HttpRequest>, string]>([
  ["a header's value", { headers: { A: "1\r\nB: 2" } }, "/"],
  ["a header's name", { headers: { "A: 1\r\nB": "2" } }, "/"],
  ["a header with another alphabet", { headers: { A: "\u0416" } }, "/"],
  ["the host", { headers: { Host: "a\nb" } }, "/"],
  ["the method", { method: "GET / HTTP/1.1\r\nA:" }, "/"],
  ["the target", {}, "/ HTTP/1.1\r\nA: 1"],
])("a request never breaks out of its lines: %s", (_, more, target) => {
  let failure: unknown;
  try {
    requestBytes(request(more), { ...to, target });
  } catch (error) {
    failure = error;
  }
  expect(isHttpFailure(failure)).toBe(true);
});
