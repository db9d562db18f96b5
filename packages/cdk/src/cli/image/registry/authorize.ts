import { configError } from "../../../errors.ts";
import type { HttpRequest, HttpResponse } from "../../../http/types.ts";
import { isObject } from "../../../json/value.ts";
import type { Credentials } from "./credentials.ts";

/** What a registry's `WWW-Authenticate` asks for. */
export interface Challenge {
  readonly scheme: "basic" | "bearer";
  readonly parameters: Readonly<Record<string, string>>;
}

export function parseChallenge(header: string | undefined): Challenge | undefined {
  const [, scheme = "", rest = ""] = /^\s*(basic|bearer)\b(.*)$/is.exec(header ?? "") ?? [];
  if (scheme === "") return undefined;
  const parameters = [...rest.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/g)];
  return {
    scheme: scheme.toLowerCase() as Challenge["scheme"], // the two that the pattern lets pass
    parameters: Object.fromEntries(parameters.map(([, name, quoted, bare]) => [name!.toLowerCase(), quoted ?? bare!])),
  };
}

/** What gives the value of `Authorization` that a challenge asks for; undefined where there is nothing to show. */
export async function authorize(
  challenge: Challenge,
  credentials: Credentials,
  scope: string,
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<string | undefined> {
  if (challenge.scheme === "basic") {
    return credentials !== undefined && "username" in credentials ? basic(credentials) : undefined;
  }
  const { realm, service } = challenge.parameters;
  if (realm === undefined) return undefined;
  const response = await send(
    tokenRequest(realm, { ...(service === undefined ? {} : { service }), scope }, credentials),
  );
  const body = await response.json();
  const { token, access_token: accessToken } = isObject(body) ? body : {};
  const value = token ?? accessToken;
  if (response.status === 200 && typeof value === "string") return `Bearer ${value}`;
  if (response.status === 401 || response.status === 403) return undefined;
  throw configError(`${realm} gave no token for the registry: it answered ${response.status}.`, {
    code: "registry-token",
  });
}

function tokenRequest(realm: string, asked: Readonly<Record<string, string>>, credentials: Credentials): HttpRequest {
  if (credentials !== undefined && "identityToken" in credentials) {
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "ferry",
      refresh_token: credentials.identityToken,
      ...asked,
    });
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return { method: "POST", url: realm, headers, body: body.toString() };
  }
  const url = `${realm}${realm.includes("?") ? "&" : "?"}${new URLSearchParams(asked).toString()}`;
  return { method: "GET", url, headers: credentials === undefined ? {} : { Authorization: basic(credentials) } };
}

const basic = ({ username, password }: { readonly username: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
