import { bodyText } from "../http/body-text.ts";
import type { Exchange, HttpRequest, Transport } from "../http/types.ts";
import type { TestServer } from "./server.ts";

/** A request as the connector made it: to the API's own address, whoever answered. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** The path without the query. */
  readonly path: string;
  /** The parameters of the query; of several of one name the last. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Keeps the requests of a run, and leads them to a test server, whatever host they are for. */
export function watchRequests(server: Pick<TestServer, "url"> | undefined): {
  readonly requests: readonly SentRequest[];
  readonly transport: Transport;
} {
  const requests: SentRequest[] = [];
  const transport =
    (exchange: Exchange): Exchange =>
    (request, options) => {
      requests.push(sent(request));
      if (server === undefined) return exchange(request, options);
      const target = request.url.replace(/^[^:]+:\/\/[^/?#]*/, "");
      return exchange({ ...request, url: `${server.url}${target.startsWith("/") ? "" : "/"}${target}` }, options);
    };
  return { requests, transport };
}

function sent(request: HttpRequest): SentRequest {
  const { method, url, headers } = request;
  const { pathname, searchParams } = new URL(url);
  return {
    method,
    url,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers,
    body: bodyText(request),
  };
}
