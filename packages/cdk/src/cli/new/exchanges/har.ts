import { readFile } from "node:fs/promises";
import { configError } from "../../../errors.ts";
import { parseJson } from "../../../json/parse.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import { bodyOf } from "./curl.ts";
import type { Exchange, GivenAnswer } from "./exchange.ts";

/** The exchanges of a HAR file (HTTP archive 1.2), as browsers save them, in the order of their times. Throws a config error. */
export async function exchangesOfHar(file: string): Promise<Exchange[]> {
  let content: Json;
  try {
    content = parseJson((await readFile(file, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // else it is no JSON
    throw configError(
      code === undefined ? `${file} is no JSON: ${String(error)}` : `${file} cannot be read: ${code}.`,
      {
        cause: error,
      },
    );
  }
  const list = member(member(content, "log"), "entries");
  if (!isList(list)) throw configError(`${file} is no HAR file: it has no list at log.entries.`);
  const time = (entry: Json): string => text(member(entry, "startedDateTime")) ?? "";
  return [...list]
    .sort((one, other) => (time(one) < time(other) ? -1 : time(one) > time(other) ? 1 : 0))
    .flatMap((entry) => {
      const exchange = exchangeOf(entry);
      return exchange === undefined ? [] : [exchange];
    });
}

function exchangeOf(entry: Json): Exchange | undefined {
  const request = member(entry, "request");
  const url = text(member(request, "url"));
  if (url === undefined || !URL.canParse(url) || !url.startsWith("http")) return undefined;
  const headers = headersOf(member(request, "headers"));
  const posted = member(request, "postData");
  const body = text(member(posted, "text"));
  return {
    request: {
      method: (text(member(request, "method")) ?? "GET").toUpperCase(),
      url: new URL(url),
      headers,
      body: body === undefined || body === "" ? undefined : bodyOf(body, text(member(posted, "mimeType"))),
    },
    answer: answerOf(member(entry, "response")),
  };
}

function answerOf(response: Json | undefined): GivenAnswer | undefined {
  const status = member(response, "status");
  if (typeof status !== "number" || status === 0) return undefined; // the browser gave up
  const content = member(response, "content");
  const encoded = text(member(content, "text")) ?? "";
  const body = text(member(content, "encoding")) === "base64" ? Buffer.from(encoded, "base64").toString() : encoded;
  return { status, headers: headersOf(member(response, "headers")), body: jsonOf(body) };
}

/** JSON that holds records: an object or a list. */
export function jsonOf(body: string): Json | undefined {
  if (!/^\s*[[{]/.test(body)) return undefined;
  try {
    return parseJson(body);
  } catch {
    return undefined; // another format
  }
}

function headersOf(list: Json | undefined): Map<string, string> {
  const headers = new Map<string, string>();
  for (const each of isList(list) ? list : []) {
    const name = text(member(each, "name"))?.toLowerCase();
    if (name !== undefined && !name.startsWith(":")) headers.set(name, text(member(each, "value")) ?? "");
  }
  return headers;
}

const member = (holder: Json | undefined, name: string): Json | undefined =>
  isObject(holder) ? get(holder satisfies JsonObject, name) : undefined;

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);
