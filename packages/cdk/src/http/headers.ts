import { fromEntries, keys, type Json, type JsonObject } from "../json/value.ts";
import type { HttpRequest, ResponseHeaders } from "./types.ts";

/** The headers of an answer, from names and values in turn as they came. */
export function responseHeaders(raw: readonly string[]): ResponseHeaders {
  const named = new Map<string, [string, string]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!;
    const value = latin1(raw[index + 1]!);
    const known = named.get(name.toLowerCase());
    if (known === undefined) named.set(name.toLowerCase(), [name, value]);
    else known[1] += `, ${value}`;
  }
  const toObject = (): JsonObject => fromEntries(named.values());
  return {
    get: (name) => named.get(name.toLowerCase())?.[1],
    toObject,
    caseless: () => caseless(toObject()),
  };
}

/** Header values are Latin-1 to Python; undici reads them as UTF-8. */
function latin1(value: string): string {
  return /[^\0-\x7f]/.test(value) ? Buffer.from(value).toString("latin1") : value;
}

/** A view of an object whose members are found by their name in any case. */
export function caseless(object: JsonObject): JsonObject {
  const names = new Map(keys(object).map((name) => [name.toLowerCase(), name]));
  const real = (name: string | symbol): string | symbol =>
    typeof name === "string" ? (names.get(name.toLowerCase()) ?? name) : name;
  return new Proxy(object, {
    get: (target, name): Json => Reflect.get(target, real(name)) as Json, // what it holds is Json
    has: (target, name) => Reflect.has(target, real(name)),
    getOwnPropertyDescriptor: (target, name) => Reflect.getOwnPropertyDescriptor(target, real(name)),
  });
}

/** The request with more headers; one that is there in any case of letters is replaced. */
export function withHeaders(request: HttpRequest, added: Readonly<Record<string, string>>): HttpRequest {
  const headers: Record<string, string> = { ...request.headers };
  for (const [name, value] of Object.entries(added)) {
    dropHeader(headers, name);
    headers[name] = value;
  }
  return { ...request, headers };
}

/** The value of a request's header, by its name in any case. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const lower = name.toLowerCase();
  const found = Object.keys(request.headers).find((each) => each.toLowerCase() === lower);
  return found === undefined ? undefined : request.headers[found];
}

export function dropHeader(headers: Record<string, string>, name: string): void {
  const lower = name.toLowerCase();
  for (const each of Object.keys(headers)) if (each.toLowerCase() === lower) delete headers[each];
}
