import { httpFailure } from "./failure.ts";
import { dropHeader } from "./headers.ts";
import { requoteUrl } from "./percent.ts";
import { hostAndPort } from "./proxy.ts";
import type { HttpRequest, HttpResponse, Send } from "./types.ts";
import { joinUrl, printUrl, splitUrl } from "./url-parts.ts";

const MOST = 30;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const DEFAULT_PORTS: Readonly<Record<string, string | undefined>> = { http: "80", https: "443" };

/** Follows redirects as `requests` does. */
export function withRedirects(send: Send): Send {
  return async (request, options) => {
    let current = request;
    for (let followed = 0; ; followed++) {
      const response = await send(current, options);
      const location = REDIRECTS.has(response.status) ? response.headers.get("location") : undefined;
      if (location === undefined || location === "") return response;
      await response.discard();
      if (followed === MOST) throw httpFailure("redirects", `More than ${MOST} redirects, from ${request.url} on.`);
      current = redirected(current, response, location);
    }
  };
}

function redirected(request: HttpRequest, response: HttpResponse, location: string): HttpRequest {
  const url = targetOf(request.url, response.url, Buffer.from(location, "latin1").toString());
  const headers: Record<string, string> = { ...request.headers };
  dropHeader(headers, "Cookie");
  if (leavesOrigin(request.url, url)) dropHeader(headers, "Authorization");
  const { status } = response;
  if (status === 307 || status === 308) return { ...request, url, headers };
  for (const name of ["Content-Length", "Content-Type", "Transfer-Encoding"]) dropHeader(headers, name);
  const { method } = request;
  const turnsToGet = status === 301 ? method === "POST" : method !== "HEAD";
  return { method: turnsToGet ? "GET" : method, url, headers };
}

function targetOf(from: string, base: string, location: string): string {
  const absolute = location.startsWith("//") ? `${splitUrl(base).scheme}:${location}` : location;
  const parts = splitUrl(absolute);
  const fragment = parts.fragment === "" ? splitUrl(from).fragment : parts.fragment;
  const url = requoteUrl(printUrl({ ...parts, fragment }));
  return parts.authority === "" ? joinUrl(base, url) : url;
}

/** Whether credentials must not go along: to another host, port or scheme, but for the step from http to https. */
export function leavesOrigin(from: string, to: string): boolean {
  const [a, b] = [splitUrl(from), splitUrl(to)];
  const [old, next] = [hostAndPort(a.authority), hostAndPort(b.authority)];
  if (old.host !== next.host) return true;
  if (a.scheme === "http" && b.scheme === "https" && isOneOf(old.port, "80") && isOneOf(next.port, "443")) return false;
  if (a.scheme !== b.scheme) return true;
  const standard = DEFAULT_PORTS[a.scheme] ?? "";
  return !(isOneOf(old.port, standard) && isOneOf(next.port, standard)) && old.port !== next.port;
}

const isOneOf = (port: string, standard: string): boolean => port === "" || port === standard;
