import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";
import { configError } from "../errors.ts";
import type { KeptBody, KeptExchange, KeptFailure, KeptRequest, KeptResponse } from "./exchange.ts";

/** The file of an exchange: YAML, a request and its answer, short bodies as blocks of text. */
export async function writeExchange(folder: string, name: string, exchange: KeptExchange): Promise<void> {
  const { request, response, failure, stream, at, milliseconds } = exchange;
  const told = {
    ...(stream === undefined ? {} : { stream }),
    at,
    milliseconds,
    request: {
      method: request.method,
      url: request.url,
      ...pairs(Object.entries(request.headers)),
      ...bodyMember(request.body),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            ...(response.complete ? {} : { complete: false }),
            ...(response.raw ? { raw: true } : {}),
            ...pairs(response.headers),
            ...bodyMember(response.body),
          },
        }),
    ...(failure === undefined ? {} : { failure }),
  };
  await writeFile(join(folder, `${name}.yaml`), stringify(told, { lineWidth: 0, blockQuote: "literal" }));
}

/** @throws a config error that names the file */
export async function readExchange(path: string): Promise<KeptExchange> {
  let told: unknown;
  try {
    told = parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const wrong = (what: string): Error => unreadable(path, what);
  if (!isRecord(told) || !isRecord(told["request"])) throw wrong("there is no request in it");
  const { request, response, failure, stream, at, milliseconds } = told;
  if (typeof request["method"] !== "string" || typeof request["url"] !== "string") {
    throw wrong("the request has no method or no url");
  }
  if (response === undefined && failure === undefined) throw wrong("there is neither a response nor a failure in it");
  return {
    request: {
      method: request["method"],
      url: request["url"],
      headers: Object.fromEntries(headersIn(request["headers"])),
      body: bodyIn(request),
    } satisfies KeptRequest,
    response: response === undefined ? undefined : responseIn(response, wrong),
    failure: failure === undefined ? undefined : failureIn(failure, wrong),
    stream: typeof stream === "string" ? stream : undefined,
    at: String(at ?? ""),
    milliseconds: Number(milliseconds ?? 0),
  };
}

function responseIn(response: unknown, wrong: (what: string) => Error): KeptResponse {
  if (!isRecord(response) || typeof response["status"] !== "number") throw wrong("the response has no status");
  return {
    status: response["status"],
    headers: headersIn(response["headers"]),
    body: bodyIn(response),
    complete: response["complete"] !== false,
    raw: response["raw"] === true,
  };
}

function failureIn(failure: unknown, wrong: (what: string) => Error): KeptFailure {
  if (!isRecord(failure) || typeof failure["kind"] !== "string") throw wrong("the failure has no kind");
  return { kind: failure["kind"] as KeptFailure["kind"], message: String(failure["message"] ?? "The request failed") }; // any other kind is treated as "other" is
}

/** A name that comes more than once has a list of values. */
function pairs(headers: readonly (readonly [string, string])[]): { headers?: Record<string, string | string[]> } {
  const named: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const known = named[name];
    named[name] = known === undefined ? value : [known, value].flat();
  }
  return headers.length === 0 ? {} : { headers: named };
}

function headersIn(headers: unknown): [string, string][] {
  if (!isRecord(headers)) return [];
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}

const bodyMember = (body: KeptBody | undefined): object =>
  body === undefined ? {} : "text" in body ? { body: body.text } : { body_file: body.file };

function bodyIn({ body, body_file: file }: Record<string, unknown>): KeptBody | undefined {
  // Nothing outside of the cassette is read.
  if (typeof file === "string") return { file: basename(file) };
  if (body === undefined || body === null) return undefined;
  return { text: typeof body === "string" ? body : JSON.stringify(body) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unreadable = (path: string, why: string, cause?: unknown): Error =>
  configError(`${path} is no exchange of a cassette: ${why}.`, { code: "invalid-cassette", cause });
