import { Agent, type AgentOptions, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { responseHeaders } from "./headers.ts";
import { publicLookup } from "./private-networks.ts";
import { hostAndPort, proxyFor, type Environment } from "./proxy.ts";
import { splitUrl } from "./url-parts.ts";

/** The open connections of a run, kept alive between requests. */
export interface Connections {
  /** The way to the place of this URL. `connectTimeout` in seconds. */
  to(url: string, connectTimeout: number): Promise<Way>;
  /** Breaks all of them. */
  close(): void;
}

/** How a request gets to its server. */
export interface Way {
  /** Its connections, of which each request takes one. */
  readonly agent: Agent;
  readonly protocol: "http:" | "https:";
  /** What to connect to: the server itself, a tunnel to it, or the proxy that forwards. */
  readonly host: string;
  readonly port: number | undefined;
  /** The server, as the `Host` header names it. */
  readonly authority: string;
  /** The proxy that is told the whole URL, which begins with `origin`, with what it asks for as `Proxy-Authorization`. */
  readonly forward: { readonly origin: string; readonly credentials: string | undefined } | undefined;
}

/** What the connections of an agent have in common. */
interface Kind {
  readonly secure: boolean;
  readonly proxy: string | undefined;
  readonly connectTimeout: number;
}

/** Milliseconds that an idle connection is kept where the server does not say how long it keeps it. */
const IDLE = 4000;
const MOST_IDLE = 600_000;
/** A connection is given up so much before the server would close it, lest a request meets its end. */
const EARLIER = 2000;

/** `publicOnly`: names that stand for a private address are refused. */
export function openConnections(environment: Environment, publicOnly: boolean): Connections {
  const agents = new Map<string, Promise<Agent>>();
  let context: Promise<SecureContext | undefined> | undefined;
  /** Takes its time, so it waits for the first connection that needs it. */
  const trusted = (): Promise<SecureContext | undefined> =>
    (context ??= import("./certificates.ts").then(({ trustedContext }) => trustedContext(environment)));

  async function open({ secure, proxy, connectTimeout }: Kind): Promise<Agent> {
    const secureContext = secure || proxy?.startsWith("https:") === true ? await trusted() : undefined;
    const options: AgentOptions & { secureContext?: SecureContext } = {
      // No bound on connections: a slice that reads its parent's body holds one while its own requests need others.
      keepAlive: true,
      ...(secureContext === undefined ? {} : { secureContext }),
      ...(publicOnly && proxy === undefined ? { lookup: publicLookup } : {}),
    };
    if (!secure && proxy?.startsWith("https:") !== true) return idling(new Agent(options));
    const { Agent: SecureAgent } = await import("node:https");
    const agent = new SecureAgent(options);
    if (secure && proxy !== undefined) {
      const { throughProxy } = await import("./tunnel.ts");
      throughProxy(agent, { proxy: new URL(proxy), timeout: connectTimeout * 1000, secureContext });
    }
    return idling(agent);
  }

  /** The way to the place of the last request: the next one goes there too, most often. */
  let last: { readonly place: string; readonly connectTimeout: number; readonly way: Way } | undefined;

  /** `place`: a URL up to its path. */
  async function find(place: string, connectTimeout: number): Promise<Way> {
    const { scheme, authority } = splitUrl(place);
    const secure = scheme === "https";
    const proxy = proxyFor(place, environment);
    const key = `${secure} ${proxy === undefined ? "" : `${connectTimeout} ${proxy}`}`;
    let opening = agents.get(key);
    if (opening === undefined) agents.set(key, (opening = open({ secure, proxy, connectTimeout })));
    const agent = await opening;
    const server = new URL(place);
    if (!secure && proxy !== undefined) return forwarding(agent, server, new URL(proxy));
    const protocol = secure ? "https:" : "http:";
    return { agent, protocol, ...placeOf(authority), authority: server.host, forward: undefined };
  }

  return {
    async to(url, connectTimeout) {
      const place = /^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url;
      if (last?.place !== place || last.connectTimeout !== connectTimeout) {
        last = { place, connectTimeout, way: await find(place, connectTimeout) };
      }
      return last.way;
    },
    close() {
      last = undefined;
      // One that could not be opened has nothing to close.
      for (const agent of agents.values())
        agent.then(
          (opened) => opened.destroy(),
          () => undefined,
        );
      agents.clear();
    },
  };
}

function forwarding(agent: Agent, server: URL, proxy: URL): Way {
  return {
    agent,
    protocol: proxy.protocol === "https:" ? "https:" : "http:",
    ...placeOf(proxy.host),
    authority: server.host,
    forward: { origin: `${server.protocol}//${server.host}`, credentials: credentialsOf(proxy) },
  };
}

function placeOf(authority: string): Pick<Way, "host" | "port"> {
  const { host, port } = hostAndPort(authority);
  return { host, port: port === "" ? undefined : Number(port) };
}

/** The credentials that a proxy's URL holds, as a header has them. */
export function credentialsOf({ username, password }: URL): string | undefined {
  if (username === "") return undefined;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(user).toString("base64")}`;
}

const stated = new WeakMap<Socket, number>();

/** Notes for how many seconds the server says that it keeps an idle connection. */
export function noteIdleTime({ rawHeaders, socket }: IncomingMessage): void {
  const seconds = /timeout=\s*(\d+)/i.exec(responseHeaders(rawHeaders).get("keep-alive") ?? "")?.[1];
  if (seconds !== undefined) stated.set(socket, Number(seconds) * 1000);
}

/** Idle connections hold no process back, and end before the server closes them. */
function idling(agent: Agent): Agent {
  return Object.assign(agent, {
    keepSocketAlive(socket: Socket): boolean {
      const kept = stated.get(socket);
      const idle = kept === undefined ? IDLE : Math.min(kept - EARLIER, MOST_IDLE);
      if (idle <= 0) return false;
      socket.setKeepAlive(true, 1000);
      socket.unref();
      socket.setTimeout(idle); // the agent ends an idle connection that times out
      return true;
    },
  });
}
