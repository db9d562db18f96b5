import { BlockList, isIPv4 } from "node:net";
import { splitUrl } from "./url-parts.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for a URL, as `requests` chooses it; undefined for a direct connection. */
export function proxyFor(url: string, environment: Environment): string | undefined {
  const { scheme, authority } = splitUrl(url);
  const proxy = setting(environment, `${scheme}_proxy`) ?? setting(environment, "all_proxy");
  if (proxy === undefined || bypassesProxy(authority, setting(environment, "no_proxy") ?? "")) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** Whether `NO_PROXY` names the host: itself, a domain that it is in, its port or, for an address, its network. */
export function bypassesProxy(authority: string, noProxy: string): boolean {
  const { host, port } = hostAndPort(authority);
  const names = noProxy.replaceAll(" ", "").split(",");
  if (names.includes("*")) return true;
  if (isIPv4(host)) return names.some((name) => (name.includes("/") ? isWithin(host, name) : name === host));
  const candidates = port === "" ? [host] : [host, `${host}:${port}`];
  return names.some((name) => {
    const plain = name.replace(/^\.+/, "").toLowerCase();
    return plain !== "" && candidates.some((each) => each === plain || each.endsWith(`.${plain}`));
  });
}

export function hostAndPort(authority: string): { host: string; port: string } {
  const match = /^(?:.*@)?(\[.*\]|[^:]*)(?::(\d*))?$/s.exec(authority);
  return { host: (match?.[1] ?? "").replace(/^\[|\]$/g, "").toLowerCase(), port: match?.[2] ?? "" };
}

/** Lower case comes first, as in curl and wget. */
function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === "" ? undefined : value;
}

function isWithin(address: string, network: string): boolean {
  const [base = "", size = ""] = network.split("/");
  if (!isIPv4(base) || !/^\d+$/.test(size) || Number(size) < 1 || Number(size) > 32) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(size));
  return list.check(address);
}
