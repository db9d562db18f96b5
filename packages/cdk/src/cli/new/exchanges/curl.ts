import { configError } from "../../../errors.ts";
import { parseJson } from "../../../json/parse.ts";
import type { SentBody, SentRequest } from "./exchange.ts";
import { shellCommands } from "./shell-words.ts";

/** Short options that take a value, and what they are called in full. */
const SHORT: Readonly<Record<string, string>> = {
  X: "request",
  H: "header",
  d: "data",
  u: "user",
  b: "cookie",
  A: "user-agent",
  e: "referer",
  F: "form",
  o: "output",
  m: "max-time",
  x: "proxy",
  w: "write-out",
  c: "cookie-jar",
  E: "cert",
  T: "upload-file",
  r: "range",
  K: "config",
  D: "dump-header",
  y: "speed-time",
  Y: "speed-limit",
  U: "proxy-user",
};
/** Long options that take a value, beside those above. */
const VALUED = new Set([
  ...Object.values(SHORT),
  "url",
  "data-raw",
  "data-binary",
  "data-ascii",
  "data-urlencode",
  "url-query",
  "json",
  "oauth2-bearer",
  "connect-timeout",
  "retry",
  "retry-delay",
  "retry-max-time",
  "cacert",
  "capath",
  "key",
  "resolve",
  "connect-to",
  "interface",
  "max-redirs",
  "limit-rate",
  "form-string",
  "ciphers",
  "tls-max",
  "dns-servers",
  "noproxy",
  "unix-socket",
  "aws-sigv4",
]);

/** The requests of one or more curl commands, as browsers copy and documentation prints them. Throws a config error. */
export function requestsOfCurl(text: string): SentRequest[] {
  const commands = shellCommands(text.trim().replace(/^\$ /, "")).filter(
    ([name]) => name === "curl" || name === "curl.exe",
  );
  if (commands.length === 0) throw configError("--from-curl takes commands that begin with curl.");
  return commands.map((words) => requestOf(words.slice(1)));
}

interface Options {
  readonly url: string | undefined;
  readonly all: ReadonlyMap<string, readonly string[]>;
}

function requestOf(words: readonly string[]): SentRequest {
  const { url: address, all } = optionsOf(words);
  if (address === undefined) throw configError("A curl command has no URL.");
  const url = parseUrl(address);
  const values = (name: string): readonly string[] => all.get(name) ?? [];
  const last = (name: string): string | undefined => values(name).at(-1);
  if (all.has("form") || all.has("form-string")) {
    throw configError("A curl command with -F sends a form in parts, which a manifest cannot.");
  }
  const headers = new Map<string, string>();
  for (const header of values("header")) {
    const [, name, value] = /^([^:;]+)[:;]\s*(.*)$/s.exec(header) ?? [];
    if (name !== undefined) headers.set(name.trim().toLowerCase(), (value ?? "").trim());
  }
  const user =
    last("user") ?? (url.username === "" ? undefined : decodeURIComponent(`${url.username}:${url.password}`));
  url.username = url.password = "";
  if (user !== undefined) headers.set("authorization", `Basic ${Buffer.from(user).toString("base64")}`);
  const token = last("oauth2-bearer");
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  const cookie = last("cookie");
  if (cookie !== undefined) headers.set("cookie", cookie);
  const json = values("json");
  if (json.length > 0) {
    headers.set("content-type", headers.get("content-type") ?? "application/json");
    headers.set("accept", headers.get("accept") ?? "application/json");
  }
  const data = [
    ...["data", "data-raw", "data-binary", "data-ascii"].flatMap(values),
    ...values("data-urlencode").map(urlEncoded),
  ];
  for (const part of values("url-query")) appendQuery(url, urlEncoded(part));
  const inQuery = all.has("get");
  if (inQuery) for (const part of data) appendQuery(url, part);
  const content = json.length > 0 ? json.join("") : data.join("&");
  const hasBody = !inQuery && (data.length > 0 || json.length > 0);
  const method = last("request") ?? (all.has("head") ? "HEAD" : hasBody ? "POST" : "GET");
  return {
    method: method.toUpperCase(),
    url,
    headers,
    body: hasBody ? bodyOf(content, headers.get("content-type")) : undefined,
  };
}

function optionsOf(words: readonly string[]): Options {
  const all = new Map<string, string[]>();
  let url: string | undefined;
  const add = (name: string, value: string): void => void all.set(name, [...(all.get(name) ?? []), value]);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.startsWith("--")) {
      const name = word.slice(2);
      add(name, VALUED.has(name) ? (words[++at] ?? "") : "");
    } else if (word.startsWith("-") && word.length > 1) {
      for (let index = 1; index < word.length; index++) {
        const name = SHORT[word[index]!];
        if (name === undefined) add(FLAGS[word[index]!] ?? word[index]!, "");
        else {
          add(name, word.length > index + 1 ? word.slice(index + 1) : (words[++at] ?? ""));
          break;
        }
      }
    } else url ??= word;
  }
  return { url: all.get("url")?.[0] ?? url, all };
}

const FLAGS: Readonly<Record<string, string>> = { G: "get", I: "head" };

function parseUrl(text: string): URL {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  } catch (error) {
    throw configError(`${JSON.stringify(text)} in a curl command is no URL.`, { cause: error });
  }
}

/** `name=content` with the content encoded, as `--data-urlencode` has it. */
function urlEncoded(part: string): string {
  const [, name, content] = /^([^=]*)=(.*)$/s.exec(part) ?? [undefined, "", part];
  return name === "" ? encodeURIComponent(content) : `${name}=${encodeURIComponent(content)}`;
}

function appendQuery(url: URL, part: string): void {
  for (const [name, value] of new URLSearchParams(part)) url.searchParams.append(name, value);
}

/** What a body holds, by what it says it is, else by what it looks like. */
export function bodyOf(text: string, type: string | undefined): SentBody {
  const isJson = /[/+]json\b/.test(type ?? "") || (type === undefined && /^\s*[[{]/.test(text));
  if (isJson) {
    try {
      return { kind: "json", value: parseJson(text) };
    } catch {
      return { kind: "other", text }; // it says what it is not
    }
  }
  const isForm = type === undefined || type.startsWith("application/x-www-form-urlencoded");
  return isForm ? { kind: "form", value: new Map(new URLSearchParams(text)) } : { kind: "other", text };
}
