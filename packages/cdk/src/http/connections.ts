import type { SecureContext } from "node:tls";
import type { Dispatcher } from "undici";
import { publicLookup } from "./private-networks.ts";
import { proxyFor, type Environment } from "./proxy.ts";

/** The open connections of a run, kept alive between requests. */
export interface Connections {
  /** What sends to the place of this URL. `connectTimeout` in seconds. */
  to(url: string, connectTimeout: number): Promise<Dispatcher>;
  close(): Promise<void>;
}

/** `publicOnly`: names that stand for a private address are refused. */
export function openConnections(environment: Environment, publicOnly: boolean): Connections {
  const dispatchers = new Map<string, Promise<Dispatcher>>();
  let context: Promise<SecureContext | undefined> | undefined;
  /** Takes its time, so it waits for the first connection that needs it. */
  const trusted = (): Promise<SecureContext | undefined> =>
    (context ??= import("./certificates.ts").then(({ trustedContext }) => trustedContext(environment)));

  async function open(secure: boolean, proxy: string | undefined, connectTimeout: number): Promise<Dispatcher> {
    const secureContext = secure ? await trusted() : undefined;
    const connect = {
      timeout: connectTimeout * 1000,
      ...(secureContext === undefined ? {} : { secureContext }),
      ...(publicOnly && proxy === undefined ? { lookup: publicLookup } : {}),
    };
    // No bound on connections: a slice that reads its parent's body holds one while its own requests need others.
    const options = { maxHeaderSize: 128 * 1024 };
    if (proxy === undefined) {
      const { default: Agent } = await import("undici/lib/dispatcher/agent.js");
      return new Agent({ ...options, connect });
    }
    const { ProxyAgent } = await import("undici");
    const { username, password } = new URL(proxy);
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return new ProxyAgent({
      ...options,
      uri: proxy,
      proxyTunnel: false,
      requestTls: connect,
      proxyTls: connect,
      ...(username === "" ? {} : { token: `Basic ${Buffer.from(user).toString("base64")}` }),
    });
  }

  return {
    to(url, connectTimeout) {
      const proxy = proxyFor(url, environment);
      const secure = /^https:/i.test(url) || proxy?.startsWith("https:") === true;
      const key = `${secure} ${connectTimeout} ${proxy ?? ""}`;
      let dispatcher = dispatchers.get(key);
      if (dispatcher === undefined) dispatchers.set(key, (dispatcher = open(secure, proxy, connectTimeout)));
      return dispatcher;
    },
    async close() {
      const opened = [...dispatchers.values()];
      dispatchers.clear();
      // One that could not be opened has nothing to close.
      await Promise.all(
        opened.map((each) =>
          each.then(
            (dispatcher) => dispatcher.destroy(),
            () => undefined,
          ),
        ),
      );
    },
  };
}
