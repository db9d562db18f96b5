import { createHash } from "node:crypto";
import { parseForm } from "./query.ts";
import type { HttpRequest } from "./types.ts";
import { splitUrl } from "./url-parts.ts";

/** Credentials tell no requests apart, as in the reference's `requests_cache`. */
const CREDENTIALS =
  /^(?:authorization|proxy-authorization|x-api-key|x-auth-token|x-api-token|x-access-token|access_token|api_key|apikey)$/i;

/** What requests with the same answer have in common: method, URL, headers and body, in any order of parameters. */
export function cacheKey(scope: string, { method, url, headers, body = "" }: HttpRequest): string {
  const { query } = splitUrl(url);
  const pairs = parseForm(query).map(([name, value]) => [name, CREDENTIALS.test(name) ? "" : value]);
  const without = query.split("&").filter((pair) => /^[^=]*=?$/.test(pair));
  const lines = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    CREDENTIALS.test(name) ? "" : value,
  ]);
  const place = url.replace(/[?#].*$/s, "");
  const parts = [scope, method, place, pairs.map(String).sort(), without.sort(), lines.map(String).sort()];
  return createHash("sha1").update(JSON.stringify(parts)).update(body).digest("base64");
}

/** Whether the answer to such a request may be kept. */
export function isCacheable({ method, headers }: HttpRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return !Object.entries(headers).some(
    ([name, value]) => name.toLowerCase() === "cache-control" && /no-(?:store|cache)/i.test(value),
  );
}
