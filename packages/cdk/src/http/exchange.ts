import { request as requestHttp, type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { noteIdleTime, type Connections, type Way } from "./connections.ts";
import { failureAt } from "./failure.ts";
import { incomingBody } from "./incoming-body.ts";
import { onAbort } from "./on-abort.ts";
import type { Exchange, ExchangeOptions, HttpRequest } from "./types.ts";
import { requestTarget } from "./url.ts";

/** Seconds. Where the reference would wait for ever: long enough for an API that makes a report while we wait. */
const CONNECT_TIMEOUT = 60;
const READ_TIMEOUT = 1800;
const MAX_HEADERS = 128 * 1024;
/** Bytes of a body that nobody wants which are read for the sake of the connection. */
const DISCARDED = 65_536;

/** Sends each request over one of the connections, and gives its answer once the head is there. */
export function createExchange(connections: Connections): Exchange {
  return async (request, options) => {
    const way = await connections.to(request.url, options.connectTimeout ?? CONNECT_TIMEOUT);
    const open = way.protocol === "https:" ? await requestHttps() : requestHttp;
    options.signal.throwIfAborted(); // an abort meanwhile is told to nobody any more
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = open(requestOptions(request, way));
      outgoing.on("error", reject).on("response", resolve);
      endOnAbort(outgoing, options.signal);
      boundWaiting(outgoing, request.url, options);
      // As bytes: a text would have the headers written in its own encoding.
      outgoing.end(request.body === undefined ? undefined : Buffer.from(request.body));
    });
    noteIdleTime(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.rawHeaders,
      body: incomingBody(response),
      discard: () => discard(response),
    };
  };
}

let secure: Promise<typeof requestHttp> | undefined;
/** Takes its time, so it waits for the first request that needs it. */
const requestHttps = (): Promise<typeof requestHttp> =>
  (secure ??= import("node:https").then(({ request }) => request));

function requestOptions(
  request: HttpRequest,
  { agent, protocol, host, port, authority, forward }: Way,
): RequestOptions {
  const target = requestTarget(request.url);
  const { body, method, headers } = request;
  const length = body === undefined ? emptyLength(method) : Buffer.byteLength(body);
  const lines = ["host", authority, "connection", "keep-alive"];
  for (const name of Object.keys(headers)) {
    const place = ["host", "connection"].indexOf(name.toLowerCase());
    if (place < 0) lines.push(name, headers[name]!);
    else lines[2 * place + 1] = headers[name]!;
  }
  if (forward?.credentials !== undefined) lines.push("proxy-authorization", forward.credentials);
  if (length !== undefined) lines.push("content-length", String(length));
  return {
    agent,
    protocol,
    host,
    port: port ?? null,
    method,
    path: forward === undefined ? target : `${forward.origin}${target}`,
    headers: lines, // a list goes over the wire as it is
    maxHeaderSize: MAX_HEADERS,
  };
}

/** Requests that usually have a body say so when they have none. */
const emptyLength = (method: string): number | undefined => (/^(?:POST|PUT|PATCH)$/.test(method) ? 0 : undefined);

function endOnAbort(outgoing: ClientRequest, signal: AbortSignal): void {
  outgoing.once(
    "close",
    onAbort(signal, () => void outgoing.destroy(signal.reason as Error)),
  );
}

/** Silence is counted only where it is the server's: a body that nobody reads at the moment may wait. */
function boundWaiting(outgoing: ClientRequest, url: string, options: ExchangeOptions): void {
  const { connectTimeout = CONNECT_TIMEOUT, readTimeout = READ_TIMEOUT } = options;
  const silence = readTimeout * 1000;
  let response: IncomingMessage | undefined;
  outgoing.once("response", (incoming) => (response = incoming));
  outgoing.once("socket", (socket) => {
    if (!socket.connecting) return;
    const late = failureAt(url, "timeout", `there was no connection within ${connectTimeout} seconds`);
    const timer = setTimeout(() => outgoing.destroy(late), connectTimeout * 1000);
    const clear = (): void => clearTimeout(timer);
    socket.once("encrypted" in socket ? "secureConnect" : "connect", clear).once("close", clear);
  });
  outgoing.setTimeout(silence, () => {
    if (response !== undefined && (response.isPaused() || response.readableLength > 0))
      outgoing.socket?.setTimeout(silence);
    else {
      const failure = failureAt(url, "timeout", `it was silent for ${readTimeout} seconds`);
      if (response === undefined) outgoing.destroy(failure);
      else response.destroy(failure);
    }
  });
}

function discard(response: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = response.listenerCount("data") > 0 ? 0 : DISCARDED; // who began to read has most of it already
    if (left === 0) response.destroy();
    response
      .on("data", (chunk: Uint8Array) => {
        left -= chunk.length;
        if (left < 0) response.destroy();
      })
      .on("error", () => undefined) // nobody wants it, broken or not
      .once("close", resolve)
      .resume();
    if (response.destroyed || response.readableEnded) resolve();
  });
}
