import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { credentialsOf } from "./connections.ts";
import { failureAt, failureOf } from "./failure.ts";
import { onAbort } from "./on-abort.ts";
import { hostAndPort } from "./proxy.ts";

export interface TunnelOptions {
  readonly proxy: URL;
  /** Seconds until the tunnel has to be there. */
  readonly connectTimeout: number;
  /** Whom to trust, of proxies and of servers behind them. */
  readonly secureContext: SecureContext | undefined;
  readonly signal: AbortSignal;
}

/** Has a proxy open a tunnel to a place, such as `example.com:443`. */
export function openTunnel(
  place: string,
  { proxy, connectTimeout, secureContext, signal }: TunnelOptions,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const credentials = credentialsOf(proxy);
    const { host, port } = hostAndPort(proxy.host);
    const options = {
      method: "CONNECT",
      host,
      port,
      path: place,
      agent: false as const,
      headers: { host: place, ...(credentials === undefined ? {} : { "proxy-authorization": credentials }) },
      ...(secureContext === undefined ? {} : { secureContext }),
    };
    // Left to itself, Node would have the proxy prove that it is the host of the header.
    const servername = isIP(host) === 0 ? host : "";
    const asking = proxy.protocol === "https:" ? requestHttps({ ...options, servername }) : requestHttp(options);
    const late = failureAt(proxy.href, "timeout", `the proxy opened no tunnel within ${connectTimeout} seconds`);
    const timer = setTimeout(() => asking.destroy(late), connectTimeout * 1000);
    const forget = onAbort(signal, () => asking.destroy(signal.reason as Error));
    const settle = (): void => {
      clearTimeout(timer);
      forget();
    };
    asking
      .once("connect", ({ statusCode = 0 }, socket: Socket) => {
        settle();
        if (statusCode >= 200 && statusCode < 300) return resolve(socket);
        socket.destroy();
        reject(failureAt(proxy.href, "proxy", `a tunnel to ${place} was answered with status ${statusCode}`));
      })
      .on("error", (error) => {
        settle();
        reject(failureOf(error, proxy.href, false));
      })
      .end();
  });
}
