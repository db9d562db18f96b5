import { request as requestHttp } from "node:http";
import { Agent, request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import { connect, type ConnectionOptions, type SecureContext } from "node:tls";
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

type Created = (error: Error | null, socket?: Socket) => void;

/** Has an agent make its connections through tunnels that a proxy opens. */
export function throughProxy(agent: Agent, options: TunnelOptions): void {
  Object.assign(agent, {
    createConnection(to: ConnectionOptions, created: Created): void {
      openTunnel(`${hostOf(to.host ?? "")}:${to.port ?? 443}`, options).then(
        (socket) => created(null, connect({ ...to, socket })),
        (error: unknown) => created(error as Error),
      );
    },
  });
}

function openTunnel(place: string, { proxy, timeout, secureContext }: TunnelOptions): Promise<Socket> {
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

const hostOf = (host: string): string => (host.includes(":") ? `[${host}]` : host);
