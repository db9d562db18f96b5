import { bodyText } from "../../http/body-text.ts";
import { statedCharset } from "../../http/charset.ts";
import { headerOf } from "../../http/headers.ts";
import type { HttpRequest, HttpResponse } from "../../http/types.ts";
import { entries, fromEntries, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** A request and its answer as a connector builder shows them. */
export interface Exchange {
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/** Reads the whole body; the answer keeps it for who comes next. */
export async function describeExchange(response: HttpResponse): Promise<Exchange> {
  const { request } = response;
  return {
    request: {
      url: request.url,
      headers: { ...request.headers, ...lengthOf(request) },
      http_method: request.method,
      body: bodyText(request) ?? null,
    },
    response: { status: response.status, body: await shownBody(response), headers: response.headers.toObject() },
  };
}

/** The value with secrets masked in all its texts. */
export function masked(value: Json, mask: (text: string) => string): Json {
  if (typeof value === "string") return mask(value);
  if (isList(value)) return value.map((item) => masked(item, mask));
  return isObject(value) ? fromEntries(entries(value).map(([name, member]) => [name, masked(member, mask)])) : value;
}

/** The body as text; one that is none, such as an archive, as UTF-8 with what does not fit replaced, as in the reference. */
async function shownBody(response: HttpResponse): Promise<string> {
  const bytes = await response.bytes();
  const stated = statedCharset(response.headers.get("content-type"));
  if (stated !== undefined || !bytes.subarray(0, 1024).includes(0)) return response.text();
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

/** Set when a request is sent, so it is not among its headers before. */
function lengthOf(request: HttpRequest): Record<string, Json> {
  const { body, method } = request;
  if (headerOf(request, "Content-Length") !== undefined) return {};
  if (body !== undefined) return { "Content-Length": String(Buffer.byteLength(body)) };
  return method === "GET" || method === "HEAD" ? {} : { "Content-Length": "0" };
}
