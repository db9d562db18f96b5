import type { HttpRequest } from "../types.ts";
import { httpFailure } from "../failure.ts";

/** Where a request goes to: what its head says of that. */
export interface Destination {
  /** The path and query, or the whole URL for a proxy that forwards. */
  readonly target: string;
  /** The server, as the `Host` header names it. */
  readonly authority: string;
  readonly proxyCredentials: string | undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const TARGET = /^[\x21-\x7e\x80-\xff]+$/;

/** A request as it goes over the wire. @throws a failure where a part of it would break out of its line */
export function requestBytes({ method, headers, body }: HttpRequest, to: Destination): string | Buffer {
  let host = to.authority;
  let connection = "keep-alive";
  let lines = "";
  for (const name of Object.keys(headers)) {
    const value = headers[name]!;
    if (!NAME.test(name) || !VALUE.test(value)) throw broken(`the header ${JSON.stringify(name)}`);
    if (name.length === 4 && name.toLowerCase() === "host") host = value;
    else if (name.length === 10 && name.toLowerCase() === "connection") connection = value;
    else lines += `${name}: ${value}\r\n`;
  }
  if (!NAME.test(method)) throw broken("the method");
  if (!TARGET.test(to.target)) throw broken("the URL");
  if (!VALUE.test(host)) throw broken("the host");
  if (to.proxyCredentials !== undefined) lines += `proxy-authorization: ${to.proxyCredentials}\r\n`;
  const length = body === undefined ? emptyLength(method) : Buffer.byteLength(body);
  if (length !== undefined) lines += `content-length: ${length}\r\n`;
  const head = `${method} ${to.target} HTTP/1.1\r\nhost: ${host}\r\nconnection: ${connection}\r\n${lines}\r\n`;
  if (body === undefined || length === 0) return head;
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

const broken = (part: string): Error =>
  httpFailure("other", `The request cannot be sent: ${part} holds a character that cannot be there.`);

/** Requests that usually have a body say so when they have none. */
const emptyLength = (method: string): number | undefined => (/^(?:POST|PUT|PATCH)$/.test(method) ? 0 : undefined);
