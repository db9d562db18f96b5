import { headerPairs } from "../http/headers.ts";

/** Headers of an answer that are the connection's, the cache's or the browser's business, and change with every answer. */
const NOISE =
  /^(?:connection|keep-alive|transfer-encoding|content-length|alt-svc|nel|report-to|reporting-endpoints|expect-ct|via|server|server-timing|strict-transport-security|content-security-policy.*|permissions-policy|referrer-policy|cross-origin-.*|access-control-.*|timing-allow-origin|x-frame-options|x-xss-protection|x-content-type-options|x-dns-prefetch-control|x-permitted-cross-domain-policies|x-download-options|x-powered-by|x-runtime|x-served-by|x-cache|x-cache-hits|x-timer|x-amz-cf-.*|x-amzn-trace-id|x-cloud-trace-context|cf-.*|x-(?:github-)?request-id|x-correlation-id|traceparent|p3p)$/i;

/** What says something about an answer. A HEAD request is made for its headers. */
export function tellingHeaders(raw: readonly string[], method: string): [string, string][] {
  return headerPairs(raw).filter(
    ([name]) => !NOISE.test(name) || (method === "HEAD" && /^content-length$/i.test(name)),
  );
}

/** What says something about a request: nothing that all of them say. */
export function tellingRequestHeaders(headers: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(headers).filter(
    ([name, value]) =>
      !/^(?:host|connection|user-agent|accept-encoding|content-length|traceparent)$/i.test(name) &&
      !(name.toLowerCase() === "accept" && value === "*/*"),
  );
}
