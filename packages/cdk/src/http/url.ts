import { domainToASCII } from "node:url";
import { systemError } from "../errors.ts";
import { str } from "../json/python-text.ts";
import { entries, fromEntries, type JsonObject } from "../json/value.ts";
import { percentEncoder, requoteUrl } from "./percent.ts";
import { encodeForm, parseForm } from "./query.ts";
import { splitUrl } from "./url-parts.ts";

const PARTS = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^\\/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const HOST = /^((?:[^[\]%:/?#]|%[a-fA-F0-9]{2})*|\[[0-9A-Fa-f:.]+(?:%.+)?\])(?::0*?(|0|[1-9][0-9]{0,4}))?$/s;
const PERCENT = /%[a-fA-F0-9]{2}/g;
const USER_INFO = "!$&'()*+,;=:";
const encodeUser = percentEncoder(USER_INFO);
const encodePath = percentEncoder(`${USER_INFO}@/`);
const encodeQuery = percentEncoder(`${USER_INFO}@/?`);

/**
 * The URL that a request goes to, in the form that `requests` gives it: dot segments resolved, scheme and host in lower
 * case, what may not stand there percent-encoded, the parameters behind a query that is already there.
 * @throws a system error for what is no URL, as the reference does
 */
export function buildUrl(url: string, params: JsonObject = {}): string {
  const { head, query, fragment } = known?.url === url ? known : (known = partsOf(url));
  if (head === undefined) return url.trimStart();
  const added = encodeForm(params);
  let result = head;
  if (query !== "" || added !== "") result += `?${query}${query !== "" && added !== "" ? "&" : ""}${added}`;
  return requoteUrl(result + fragment);
}

interface Known {
  readonly url: string;
  /** Up to the path; undefined for what is no HTTP URL. */
  readonly head: string | undefined;
  readonly query: string;
  readonly fragment: string;
}
/** Of the last request: the next one differs in its parameters alone, most often. */
let known: Known | undefined;

function partsOf(url: string): Known {
  const text = url.trimStart();
  // As in the reference, what is no HTTP URL is left alone; sending it fails.
  if (text.includes(":") && !/^http/i.test(text)) return { url, head: undefined, query: "", fragment: "" };
  const [, scheme, authority, path = "", ownQuery, fragment] = PARTS.exec(
    /^(?:[a-zA-Z][a-zA-Z0-9+-]*:|\/)/.test(text) ? text : `//${text}`,
  )!;
  if (scheme === undefined) throw invalid(url, `it has no scheme. Did you mean https://${text.replace(/^\/+/, "")}?`);
  const place = authority === undefined || authority === "" ? undefined : readAuthority(url, authority);
  if (place === undefined) throw invalid(url, "it has no host.");
  return {
    url,
    head: `${scheme.toLowerCase()}://${place}${encode(rootPath(removeDots(path)), encodePath)}`,
    query: ownQuery === undefined || ownQuery === "" ? "" : encode(ownQuery, encodeQuery),
    fragment: fragment === undefined || fragment === "" ? "" : `#${encode(fragment, encodeQuery)}`,
  };
}

/** Leaves out the parameters that the URL's own query already says with the same value. */
export function dropRepeated(url: string, params: JsonObject): JsonObject {
  if (!url.includes("?")) return params;
  const { query } = splitUrl(url);
  if (query === "") return params;
  const said = new Map<string, string>();
  for (const [name, value] of parseForm(query)) if (!said.has(name)) said.set(name, value);
  return fromEntries(entries(params).filter(([name, value]) => said.get(name) !== str(value)));
}

/** The target of the request line: path and query with what may not stand there encoded. */
export function requestTarget(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const plain = start < 0 ? "" : url.slice(start);
  if (ENCODED.test(plain)) return plain;
  const match = /^[^:/?#]+:\/\/[^/?#]*([^?#]*)(?:\?([^#]*))?/s.exec(url);
  const path = encode(rootPath(match?.[1] ?? ""), encodePath);
  const query = match?.[2];
  return query === undefined || query === "" ? path : `${path}?${encode(query, encodeQuery)}`;
}

/** A target of which nothing is left to encode. */
const ENCODED =
  /^\/(?:[A-Za-z0-9_.~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*(?:\?(?:[A-Za-z0-9_.~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+)?$/;

const rootPath = (path: string): string => (path.startsWith("/") ? path : `/${path}`);

function readAuthority(url: string, authority: string): string {
  const at = authority.lastIndexOf("@");
  const user = at > 0 ? `${encode(authority.slice(0, at), encodeUser)}@` : "";
  const match = HOST.exec(authority.slice(at + 1));
  if (match === null || Number(match[2]) > 65535)
    throw invalid(url, `"${authority.slice(at + 1)}" is no host and port.`);
  if (/[\0- \x7f]/.test(match[1]!)) throw invalid(url, `the host "${match[1]!}" has a blank or control character.`);
  const host = readHost(url, match[1]!);
  const port = match[2] === undefined || match[2] === "" || match[2] === "0" ? "" : `:${match[2]}`;
  return host === "" ? "" : `${user}${host}${port}`;
}

function readHost(url: string, host: string): string {
  const isAscii = /^[\0-\x7f]*$/.test(host);
  const plain = isAscii ? host.toLowerCase().replace(PERCENT, (code) => code.toUpperCase()) : domainToASCII(host);
  if ((plain === "" && host !== "") || /^[*.]/.test(plain)) throw invalid(url, `"${host}" is no host name.`);
  return plain;
}

/** Encodes a part that may be encoded already: its `%` stay if each of them begins a code. */
function encode(part: string, encoder: (text: string) => string): string {
  if (!part.includes("%")) return encoder(part);
  const codes = part.match(PERCENT)?.length ?? 0;
  if (codes === 0 || codes !== part.split("%").length - 1)
    return encoder(part.replace(PERCENT, (code) => code.toUpperCase()));
  return part
    .split("%")
    .map((piece, index) =>
      index === 0 ? encoder(piece) : `%${piece.slice(0, 2).toUpperCase()}${encoder(piece.slice(2))}`,
    )
    .join("");
}

function removeDots(path: string): string {
  if (!path.includes(".")) return path;
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  if (path.startsWith("/") && (kept.length === 0 || kept[0] !== "")) kept.unshift("");
  if (/\/\.\.?$/.test(path)) kept.push("");
  return kept.join("/");
}

const invalid = (url: string, why: string): Error =>
  systemError(`"${url}" is not a valid URL: ${why}`, { code: "invalid-url" });
