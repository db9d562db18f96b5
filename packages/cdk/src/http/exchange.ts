import type { Connections } from "./connections.ts";
import type { Exchange } from "./types.ts";
import { requestTarget } from "./url.ts";
import { requestBytes } from "./wire/request-bytes.ts";

/** Seconds. Where the reference would wait for ever: long enough for an API that makes a report while we wait. */
const CONNECT_TIMEOUT = 60;
const READ_TIMEOUT = 1800;

/** Sends each request over one of the connections, and gives its answer once the head is there. */
export function createExchange(connections: Connections): Exchange {
  return async (request, { signal, connectTimeout = CONNECT_TIMEOUT, readTimeout = READ_TIMEOUT }) => {
    const { method, url } = request;
    const way = connections.to(url);
    const { authority, forward } = way;
    const target = requestTarget(url);
    const bytes = requestBytes(request, {
      target: forward === undefined ? target : `${forward.origin}${target}`,
      authority,
      proxyCredentials: forward?.credentials,
    });
    const found = way.connection({ connectTimeout, signal });
    const connection = found instanceof Promise ? await found : found;
    if (signal.aborted) connection.destroy(); // an abort meanwhile is told to nobody any more
    signal.throwIfAborted();
    return connection.ask({ method, url, bytes, signal, readTimeout });
  };
}
