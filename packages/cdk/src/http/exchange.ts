import type { Connections } from "./connections.ts";
import type { Exchange } from "./types.ts";
import { requestTarget } from "./url.ts";
import { requestBytes } from "./wire/request-bytes.ts";

/** Seconds. Where the reference would wait for ever: long enough for an API that makes a report while we wait. */
const CONNECT_TIMEOUT = 60;
const READ_TIMEOUT = 1800;

/** What a server may get twice though it was asked once (RFC 9110, 9.2.1). */
const SAFE = /^(?:GET|HEAD|OPTIONS)$/;

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
    const isSafe = SAFE.test(method);
    if (!isSafe) await pendingEvents(); // else a connection may be taken whose end only waits to be seen
    for (let fresh = false; ; fresh = true) {
      const found = way.connection({ connectTimeout, signal, fresh });
      const connection = found instanceof Promise ? await found : found;
      if (signal.aborted) connection.destroy(); // an abort meanwhile is told to nobody any more
      signal.throwIfAborted();
      try {
        return await connection.ask({ method, url, bytes, signal, readTimeout });
      } catch (error) {
        if (!isSafe || !connection.wasStale) throw error;
      }
    }
  };
}

/** Waits until what has come in on all connections by now was seen: the loop may be in the midst of older events, so for its next round. */
const pendingEvents = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
