import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { credentialsOf } from "./connections.ts";
import { failureAt } from "./failure.ts";
import { hostAndPort } from "./proxy.ts";

export interface TunnelOptions {
  readonly proxy: URL;
  /** Milliseconds until the tunnel has to be there. */
  readonly timeout: number;
  /** Whom to trust, of proxies and of servers behind them. */
  readonly secureContext: SecureContext | undefined;
}

/** Has a proxy open a tunnel to a place, such as `example.com:443`. */
export function openTunnel(place: string, { proxy, timeout, secureContext }: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const credentials = credentialsOf(proxy);
    const options = {
      method: "CONNECT",
      ...hostAndPort(proxy.host),
      path: place,
      agent: false as const,
      headers: { host: place, ...(credentials === undefined ? {} : { "proxy-authorization": credentials }) },
      ...(secureContext === undefined ? {} : { secureContext }),
    };
    const asking = proxy.protocol === "https:" ? requestHttps(options) : requestHttp(options);
    const late = failureAt(proxy.href, "timeout", `the proxy opened no tunnel within ${timeout / 1000} seconds`);
    const timer = setTimeout(() => asking.destroy(late), timeout);
    const refuse = (status: number | undefined): void =>
      reject(failureAt(proxy.href, "proxy", `a tunnel to ${place} was answered with status ${status}`));
    asking
      .once("connect", ({ statusCode }, socket: Socket) => {
        clearTimeout(timer);
        if (statusCode !== undefined && statusCode >= 200 && statusCode < 300) return resolve(socket);
        socket.destroy();
        refuse(statusCode);
      })
      .once("response", ({ statusCode }) => {
        clearTimeout(timer);
        asking.destroy();
        refuse(statusCode);
      })
      .once("error", (error) => {
        clearTimeout(timer);
        reject(error);
      })
      .end();
  });
}
