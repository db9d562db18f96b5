import { setMaxListeners } from "node:events";
import type { Dispatcher } from "undici";
import { isConnectorError } from "../errors.ts";
import { openConnections } from "./connections.ts";
import { codingsOf, decompress } from "./decompress.ts";
import { failureOf, httpFailure } from "./failure.ts";
import { headerOf, responseHeaders } from "./headers.ts";
import { refusePrivateHost } from "./private-networks.ts";
import { hostAndPort, type Environment } from "./proxy.ts";
import { withRedirects } from "./redirects.ts";
import { createResponse, readAhead, type Body } from "./response.ts";
import type { HttpRequest, HttpResponse, Send, SendOptions } from "./types.ts";
import { splitUrl } from "./url-parts.ts";
import { requestTarget } from "./url.ts";

export interface Http {
  /** Sends a request, follows redirects, decompresses the answer. */
  readonly send: Send;
  /** Breaks all connections. */
  readonly close: () => Promise<void>;
}

/** Seconds. Where the reference would wait for ever: long enough for an API that makes a report while we wait. */
const CONNECT_TIMEOUT = 60;
const READ_TIMEOUT = 1800;

/** Sending alone: idle connections hold no process back. */
export const createSend = (environment: Environment = process.env): Send => openHttp(environment).send;

/** Opens HTTP for one run. The environment names proxies, authorities and the deployment mode. */
export function openHttp(environment: Environment): Http {
  const publicOnly = environment["DEPLOYMENT_MODE"]?.toLowerCase() === "cloud";
  const connections = openConnections(environment, publicOnly);

  async function sendOnce(request: HttpRequest, options: SendOptions): Promise<HttpResponse> {
    const { signal } = options;
    signal.throwIfAborted();
    setMaxListeners(0, signal); // one run has one signal, however many requests wait on it
    const { scheme, authority } = splitUrl(request.url);
    refuseScheme(request.url, scheme, publicOnly);
    if (publicOnly) refusePrivateHost(hostAndPort(authority).host);
    try {
      const dispatcher = await connections.to(request.url, options.connectTimeout ?? CONNECT_TIMEOUT);
      const { default: call } = await import("undici/lib/api/api-request.js");
      const origin = `${scheme}://${authority.slice(authority.lastIndexOf("@") + 1)}`;
      const timeout = (options.readTimeout ?? READ_TIMEOUT) * 1000;
      const answer = await call.call(dispatcher, {
        origin,
        path: requestTarget(request.url),
        method: request.method,
        headers: sendable(request, options),
        body: request.body ?? null,
        signal,
        headersTimeout: timeout,
        bodyTimeout: timeout,
        responseHeaders: "raw",
      });
      return await receive(request, answer, options);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw isConnectorError(error) ? error : failureOf(error, request.url, false);
    }
  }
  return { send: withRedirects(sendOnce), close: () => connections.close() };
}

async function receive(
  request: HttpRequest,
  answer: Dispatcher.ResponseData,
  options: SendOptions,
): Promise<HttpResponse> {
  const raw = answer.headers as unknown as string[]; // asked for raw
  const headers = responseHeaders(raw);
  options.cookies?.store(
    request.url,
    raw.filter((_, index) => index % 2 === 1 && raw[index - 1]!.toLowerCase() === "set-cookie"),
  );
  const { body, statusCode: status } = answer;
  const codings =
    request.method === "HEAD" || status === 204 || status === 304 ? [] : codingsOf(headers.get("content-encoding"));
  const chunks = explained(codings.length === 0 ? body : decompress(body, codings), request.url, options.signal);
  const coming: Body = { chunks, discard: () => body.dump({ limit: 65_536 }) };
  return createResponse(
    { request, status, url: request.url, headers, fromCache: false },
    options.ahead === undefined ? coming : await readAhead(coming, options.ahead),
  );
}

async function* explained(
  chunks: AsyncIterable<Uint8Array>,
  url: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw failureOf(error, url, true);
  }
}

function refuseScheme(url: string, scheme: string, secureOnly: boolean): void {
  if (scheme === "https" || (scheme === "http" && !secureOnly)) return;
  const wanted = secureOnly ? "https:// is required here" : "it must begin with http:// or https://";
  throw httpFailure("invalid-scheme", `"${url}" cannot be asked: ${wanted}.`);
}

/** undici sets these by itself and refuses them from others. */
const OWN = /^(?:content-length|transfer-encoding|keep-alive|upgrade|expect)$/i;

function sendable(request: HttpRequest, { cookies }: SendOptions): Record<string, string> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN.test(name)));
  const cookie = cookies?.header(request.url);
  return cookie === undefined || headerOf(request, "Cookie") !== undefined ? headers : { ...headers, Cookie: cookie };
}
