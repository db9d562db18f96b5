import { connect, isIP, type Socket, type TcpNetConnectOpts } from "node:net";
import type { ConnectionOptions, SecureContext } from "node:tls";
import { configError } from "../errors.ts";
import { failureAt } from "./failure.ts";
import { unquote } from "./percent.ts";
import { publicLookup } from "./private-networks.ts";
import { hostAndPort, proxyFor, type Environment } from "./proxy.ts";
import { splitUrl } from "./url-parts.ts";
import { createConnection, type Connection } from "./wire/connection.ts";
import { createPool, type Opening, type Pool } from "./wire/pool.ts";

/** The open connections of a run, kept alive between requests. */
export interface Connections {
  /** The way to the place of this URL. */
  to(url: string): Way;
  /** Breaks all of them. */
  close(): void;
}

/** How a request gets to its server. */
export interface Way {
  /** A connection on which nothing else goes on: one that was kept, or a new one. */
  connection(opening: Opening): Connection | Promise<Connection>;
  /** The server, as the `Host` header names it. */
  readonly authority: string;
  /** The proxy that is told the whole URL, which begins with `origin`, with what it asks for as `Proxy-Authorization`. */
  readonly forward: { readonly origin: string; readonly credentials: string | undefined } | undefined;
}

/** What to connect to, by TLS or not: the server itself, or the proxy that forwards, or that makes a tunnel to the server. */
interface Place {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly tunnel: URL | undefined;
}

/**
 * Milliseconds that one of a host's several addresses may take, where another is tried next. Node's own 250 are less than a far
 * server needs, whose IPv6 address then fails where there is no IPv6.
 */
const ATTEMPT = 2500;

/** `publicOnly`: names that stand for a private address are refused. */
export function openConnections(environment: Environment, publicOnly: boolean): Connections {
  const pools = new Map<string, Pool>();
  const ways = new Map<string, Way>();
  const tlsSessions = new Map<string, Buffer>();
  let context: Promise<SecureContext | undefined> | undefined;
  /** Takes its time, so it waits for the first connection that needs it. */
  const trusted = (): Promise<SecureContext | undefined> =>
    (context ??= import("./certificates.ts").then(({ trustedContext }) => trustedContext(environment)));

  function plain({ host, port }: Place): TcpNetConnectOpts {
    const lookup = publicOnly ? { lookup: publicLookup } : {};
    return {
      host,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 60_000, // as in the reference; sooner, a short outage of the network would end requests that wait
      autoSelectFamilyAttemptTimeout: ATTEMPT,
      ...lookup,
    };
  }

  async function secure(place: Place, key: string, { connectTimeout, signal }: Opening): Promise<Socket> {
    const [secureContext, tls] = await Promise.all([trusted(), import("node:tls")]);
    const { host } = place;
    const session = tlsSessions.get(key);
    const options: ConnectionOptions = {
      ALPNProtocols: ["http/1.1"],
      ...(isIP(host) !== 0 ? {} : { servername: host }),
      ...(secureContext === undefined ? {} : { secureContext }),
      ...(session === undefined ? {} : { session }),
    };
    let socket: Socket;
    if (place.tunnel === undefined) socket = tls.connect({ ...plain(place), ...options });
    else {
      const { openTunnel } = await import("./tunnel.ts");
      const { host: name, port } = place;
      const proxy = place.tunnel;
      const through = await openTunnel(hostPort(name, port), { proxy, connectTimeout, secureContext, signal });
      socket = tls.connect({ ...options, host: name, socket: through });
    }
    return socket
      .on("session", (given: Buffer) => tlsSessions.set(key, given))
      .on("error", () => tlsSessions.delete(key));
  }

  function poolOf(place: Place, url: string): Pool {
    const key = `${place.secure ? "tls" : "tcp"} ${hostPort(place.host, place.port)} ${place.tunnel?.href ?? ""}`;
    let pool = pools.get(key);
    if (pool !== undefined) return pool;
    pool = createPool((opening, released) => {
      const opened = (socket: Socket): Connection => {
        boundConnecting(socket, place.secure, url, opening.connectTimeout);
        return createConnection(socket, released);
      };
      return place.secure ? secure(place, key, opening).then(opened) : opened(connect(plain(place)));
    });
    pools.set(key, pool);
    return pool;
  }

  function find(url: string): Way {
    const { scheme, authority } = splitUrl(url);
    const { host, port } = hostAndPort(authority);
    const secure = scheme === "https";
    const proxyUrl = proxyFor(url, environment);
    const proxy = proxyUrl === undefined ? undefined : readProxyUrl(proxyUrl);
    const server = new URL(url);
    if (proxy !== undefined && !secure) {
      const pool = poolOf({ ...placeOf(proxy), tunnel: undefined }, url);
      const forward = { origin: `${server.protocol}//${server.host}`, credentials: credentialsOf(proxy) };
      return { connection: pool.take, authority: server.host, forward };
    }
    const place = { host, port: portOf(port, secure), secure, tunnel: proxy };
    return { connection: poolOf(place, url).take, authority: server.host, forward: undefined };
  }

  return {
    to(url) {
      const place = /^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url;
      let way = ways.get(place);
      if (way === undefined) ways.set(place, (way = find(place)));
      return way;
    },
    close() {
      for (const pool of pools.values()) pool.close();
      pools.clear();
      ways.clear();
    },
  };
}

function readProxyUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  const shown = text.replace(/\/\/.*@/, "//");
  throw configError(
    `The proxy that the environment names cannot be used: "${shown}" must look like http://host:port or https://host:port.`,
  );
}

function placeOf({ protocol, host: authority }: URL): Omit<Place, "tunnel"> {
  const { host, port } = hostAndPort(authority);
  const secure = protocol === "https:";
  return { host, port: portOf(port, secure), secure };
}

function portOf(text: string, secure: boolean): number {
  if (text !== "") return Number(text);
  return secure ? 443 : 80;
}

const hostPort = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Seconds that a connection may take to be there, its TLS too. */
function boundConnecting(socket: Socket, secure: boolean, url: string, seconds: number): void {
  const late = (): void =>
    void socket.destroy(failureAt(url, "timeout", `there was no connection within ${seconds} seconds`));
  const timer = setTimeout(late, seconds * 1000);
  const clear = (): void => clearTimeout(timer);
  socket.once(secure ? "secureConnect" : "connect", clear).once("close", clear);
}

/** The credentials that a proxy's URL holds, as a header has them. */
export function credentialsOf({ username, password }: URL): string | undefined {
  if (username === "") return undefined;
  const user = `${unquote(username)}:${unquote(password)}`;
  return `Basic ${Buffer.from(user).toString("base64")}`;
}
