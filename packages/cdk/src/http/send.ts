import { isConnectorError } from "../errors.ts";
import { openConnections } from "./connections.ts";
import { codingsOf, decompress } from "./decompress.ts";
import { createExchange } from "./exchange.ts";
import { failureOf, httpFailure } from "./failure.ts";
import { headerOf, headerPairs, responseHeaders } from "./headers.ts";
import { refusePrivateHost } from "./private-networks.ts";
import { hostAndPort, type Environment } from "./proxy.ts";
import { withRedirects } from "./redirects.ts";
import { createResponse, readAhead, type Body } from "./response.ts";
import type { Answer, HttpRequest, HttpResponse, Send, SendOptions, Transport } from "./types.ts";
import { splitUrl } from "./url-parts.ts";

export interface Http {
  /** Sends a request, follows redirects, decompresses the answer. */
  readonly send: Send;
  /** Breaks all connections. */
  readonly close: () => void;
}

/**
 * Sending alone: idle connections hold no process back.
 * @experimental
 */
export const createSend = (environment: Environment = process.env, transport?: Transport): Send =>
  openHttp(environment, transport).send;

/** Opens HTTP for one run. The environment names proxies, authorities and the deployment mode. */
export function openHttp(environment: Environment, transport?: Transport): Http {
  const publicOnly = environment["DEPLOYMENT_MODE"]?.toLowerCase() === "cloud";
  const connections = openConnections(environment, publicOnly);
  const direct = createExchange(connections);
  const exchange = transport === undefined ? direct : transport(direct);

  async function sendOnce(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
    const { signal } = options;
    signal.throwIfAborted();
    const { scheme, authority } = splitUrl(request.url);
    refuseScheme(request.url, scheme, publicOnly);
    if (publicOnly) refusePrivateHost(hostAndPort(authority).host);
    try {
      return await receive(request, await exchange(sendable(request, options), options), options);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw isConnectorError(error) ? error : failureOf(error, request.url, false);
    }
  }
  return { send: withRedirects(sendOnce), close: () => connections.close() };
}

async function receive(request: HttpRequest, answer: Answer, options: SendOptions): Promise<HttpResponse> {
  const { status, headers: raw, body } = answer;
  const { url } = request;
  const headers = responseHeaders(raw);
  if (options.cookies !== undefined && headers.get("set-cookie") !== undefined) {
    options.cookies.store(
      url,
      headerPairs(raw).flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [value] : [])),
    );
  }
  const codings =
    request.method === "HEAD" || status === 204 || status === 304 ? [] : codingsOf(headers.get("content-encoding"));
  const chunks = codings.length === 0 ? body : decompress(body, codings, options.ahead !== undefined);
  const coming: Body = { chunks, discard: () => answer.discard() };
  const explain = (error: unknown): unknown =>
    options.signal.aborted ? options.signal.reason : failureOf(error, url, true);
  const read = options.ahead === undefined ? coming : await readAhead(coming, options.ahead).catch(rethrow(explain));
  return createResponse(
    { request, status, url, headers, fromCache: false },
    read instanceof Uint8Array ? read : { ...read, chunks: explained(read.chunks, explain) },
  );
}

const rethrow =
  (explain: (error: unknown) => unknown) =>
  (error: unknown): never => {
    throw explain(error);
  };

/** No generator: that would not end before the next bytes come, or the connection breaks. */
function explained(chunks: AsyncIterable<Uint8Array>, explain: (error: unknown) => unknown): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = chunks[Symbol.asyncIterator]();
      return {
        next: () => iterator.next().catch(rethrow(explain)),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}

function refuseScheme(url: string, scheme: string, secureOnly: boolean): void {
  if (scheme === "https" || (scheme === "http" && !secureOnly)) return;
  const wanted = secureOnly ? "https:// is required here" : "it must begin with http:// or https://";
  throw httpFailure("invalid-scheme", `"${url}" cannot be asked: ${wanted}.`);
}

/** What belongs to the connection, not to the request. */
const OWN = /^(?:content-length|transfer-encoding|keep-alive|upgrade|expect)$/i;

/** The request as it goes over the wire, cookies and all. */
function sendable(request: HttpRequest, { cookies }: SendOptions): HttpRequest {
  const own = Object.keys(request.headers).some((name) => OWN.test(name));
  const known = cookies?.header(request.url);
  const cookie = known !== undefined && headerOf(request, "Cookie") === undefined ? known : undefined;
  if (!own && cookie === undefined) return request;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN.test(name)));
  return { ...request, headers: cookie === undefined ? headers : { ...headers, Cookie: cookie } };
}
