import { isIP } from "node:net";
import { hostAndPort } from "./proxy.ts";
import { splitUrl } from "./url-parts.ts";

/** The cookies that servers gave to one requester, as a session of `requests` keeps them. */
export interface CookieJar {
  /** The value of the header for a request to this URL, undefined for none. */
  header(url: string): string | undefined;
  /** Takes in the values of an answer's `Set-Cookie` headers. */
  store(url: string, lines: readonly string[]): void;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Whether only this very host gets it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, Cookie>();
  return {
    header(url) {
      if (cookies.size === 0) return undefined;
      const place = placeOf(url);
      const sent = [...cookies.values()].filter((cookie) => belongs(cookie, place) && cookie.expires > Date.now());
      // The one for the longest path comes first.
      sent.sort((a, b) => b.path.length - a.path.length);
      return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
    },
    store(url, lines) {
      for (const line of lines) {
        const cookie = readCookie(line, placeOf(url));
        if (cookie === undefined) continue;
        const key = `${cookie.domain} ${cookie.path} ${cookie.name}`;
        if (cookie.expires > Date.now()) cookies.set(key, cookie);
        else cookies.delete(key);
      }
    },
  };
}

interface Place {
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
}

function placeOf(url: string): Place {
  const { scheme, authority, path } = splitUrl(url);
  return { host: hostAndPort(authority).host, path: path === "" ? "/" : path, secure: scheme === "https" };
}

function belongs({ domain, hostOnly, path, secure }: Cookie, place: Place): boolean {
  if (secure && !place.secure) return false;
  if (hostOnly ? place.host !== domain : !isWithin(place.host, domain)) return false;
  return place.path === path || place.path.startsWith(path.endsWith("/") ? path : `${path}/`);
}

/** A cookie that the server may set: for its own host, or for a domain, of more than one label, that it is in. */
function readCookie(line: string, { host, path }: Place): Cookie | undefined {
  const [pair = "", ...rest] = line.split(";");
  const [name, value] = split(pair);
  if (name === "" || value === undefined) return undefined;
  const attributes = new Map(
    rest.map((attribute) => split(attribute)).map(([key, given]) => [key.toLowerCase(), given]),
  );
  const domain = (attributes.get("domain") ?? "").replace(/^\./, "").toLowerCase();
  if (domain !== "" && domain !== host && !(domain.includes(".") && isWithin(host, domain))) return undefined;
  const given = attributes.get("path") ?? "";
  return {
    name,
    value,
    domain: domain === "" ? host : domain,
    hostOnly: domain === "" || isIP(host) !== 0,
    path: given.startsWith("/") ? given : path.slice(0, Math.max(1, path.lastIndexOf("/"))),
    secure: attributes.has("secure"),
    expires: expiryOf(attributes.get("max-age"), attributes.get("expires")),
  };
}

function expiryOf(maxAge: string | undefined, expires: string | undefined): number {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Date.now() + Number(maxAge) * 1000;
  const time = Date.parse(expires ?? "");
  return Number.isNaN(time) ? Infinity : time;
}

const isWithin = (host: string, domain: string): boolean =>
  host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));

function split(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
