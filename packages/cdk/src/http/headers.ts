import { fromEntries } from "../json/value.ts";
import type { HttpRequest, ResponseHeaders } from "./types.ts";

/** The headers of an answer, from names and values in turn; values in Latin-1, as Python has them. */
export function responseHeaders(raw: readonly string[]): ResponseHeaders {
  return {
    get(name) {
      const lower = name.toLowerCase();
      let found: string | undefined;
      for (let index = 0; index + 1 < raw.length; index += 2) {
        if (raw[index]!.length !== lower.length || raw[index]!.toLowerCase() !== lower) continue;
        found = found === undefined ? raw[index + 1]! : `${found}, ${raw[index + 1]!}`;
      }
      return found;
    },
    toObject: () => headersOf(headerPairs(raw)).toObject(),
  };
}

/** Names with their values, from names and values in turn. */
export function headerPairs(raw: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index]!, raw[index + 1]!]);
  return pairs;
}

/** Headers of these names and values; values of one name are joined. */
export function headersOf(pairs: Iterable<readonly [string, string]>): ResponseHeaders {
  const named = new Map<string, [string, string]>();
  for (const [name, value] of pairs) {
    const known = named.get(name.toLowerCase());
    if (known === undefined) named.set(name.toLowerCase(), [name, value]);
    else known[1] += `, ${value}`;
  }
  return {
    get: (name) => named.get(name.toLowerCase())?.[1],
    toObject: () => fromEntries(named.values()),
  };
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
