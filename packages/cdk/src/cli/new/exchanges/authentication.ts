import type { JsonObject } from "../../../json/value.ts";
import { secretField } from "../config-fields.ts";
import { snakeCase, type ConfigField, type Finding } from "../draft.ts";
import { isOpaque, isSecretName, isSecretParameter } from "../secret-names.ts";
import type { Exchange } from "./exchange.ts";

export interface FoundSecrets {
  readonly authenticator: JsonObject | undefined;
  /** Headers to send with every request; templates. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: readonly ConfigField[];
  readonly finding: Finding;
  /** By the name of a query parameter: the config field that it is filled from. */
  readonly parameters: ReadonlyMap<string, ConfigField>;
  /** Values never to be written anywhere, and what stands in their place. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** What browsers and tools add by themselves, and what says how a body is sent. */
const OWN =
  /^(?:host|connection|content-length|content-type|accept-encoding|accept-language|user-agent|origin|referer|cookie|authorization|cache-control|pragma|dnt|te|priority|if-none-match|if-modified-since|upgrade-insecure-requests|x-requested-with|sec-.*|proxy-.*|traceparent|tracestate|baggage|newrelic|sentry-trace|x-datadog-.*|x-b3-.*)$/;

/** Tells secrets from the rest of what was sent: secrets become fields of the config. */
export function findSecrets(exchanges: readonly Exchange[]): FoundSecrets {
  const fields: ConfigField[] = [];
  const secrets = new Map<string, string>();
  const headers: Record<string, string> = {};
  const authenticators: { readonly authenticator: JsonObject; readonly told: string }[] = [];
  const field = (name: string, title: string, ...values: readonly string[]): ConfigField => {
    const known = fields.find((each) => each.name === name);
    const made = known ?? secretField(name, title);
    if (known === undefined) fields.push(made);
    for (const value of values) if (value !== "") secrets.set(value, String(made.example));
    return made;
  };
  const sent = headersOf(exchanges);
  const [authorization] = sent.get("authorization") ?? [];
  if (authorization !== undefined)
    authenticators.push(byAuthorization(authorization, sent.get("authorization")!, field));
  const cookies = sent.get("cookie");
  if (cookies !== undefined && authorization === undefined) {
    const values = cookies.flatMap((each) => each.split(/;\s*/).map((pair) => pair.slice(pair.indexOf("=") + 1)));
    const long = values.filter((value) => value.length >= 6);
    headers["Cookie"] = `{{ config['${field("cookie", "Cookie", ...cookies, ...long).name}'] }}`;
    authenticators.push({ authenticator: {}, told: "the browser's cookies" });
  }
  for (const [name, values] of sent) {
    if (OWN.test(name)) continue;
    const value = values[0]!;
    const everywhere = exchanges.filter(({ request }) => request.headers.has(name)).length >= exchanges.length / 2;
    if (isSecretName(name) || values.some(isOpaque)) {
      const key = field(snakeCase(name.replace(/^x-/, "")), titleOf(name), ...values);
      const template = `{{ config['${key.name}'] }}`;
      const option = { type: "RequestOption", inject_into: "header", field_name: name };
      const authenticator = { type: "ApiKeyAuthenticator", api_token: template, inject_into: option };
      if (!authenticators.some((each) => "type" in each.authenticator))
        authenticators.push({ authenticator, told: `the header ${name}` });
      else headers[name] = template;
    } else if (everywhere && values.length === 1 && !(name === "accept" && value === "*/*")) headers[name] = value;
  }
  const parameters = new Map<string, ConfigField>();
  for (const { request } of exchanges) {
    for (const [name, value] of request.url.searchParams) {
      if (!isSecretParameter(name)) continue;
      parameters.set(name, field(snakeCase(name), titleOf(name), value));
    }
  }
  for (const name of parameters.keys()) authenticators.push({ authenticator: {}, told: `the parameter ${name}` });
  const chosen = authenticators.find(({ authenticator }) => "type" in authenticator);
  return {
    authenticator: chosen?.authenticator,
    headers,
    fields,
    parameters,
    secrets,
    finding: {
      subject: "authentication",
      value: authenticators.length === 0 ? "none" : authenticators.map(({ told }) => told).join(" and "),
      confidence:
        authenticators.length === 0 ? "medium" : cookies !== undefined && authorization === undefined ? "low" : "high",
      why: authenticators.length === 0 ? "nothing that was sent looks like a secret" : "it was sent with the requests",
    },
  };
}

function byAuthorization(
  value: string,
  all: readonly string[],
  field: (name: string, title: string, ...values: readonly string[]) => ConfigField,
): { readonly authenticator: JsonObject; readonly told: string } {
  const [, scheme = "", rest = value] = /^(\S+)\s+(.*)$/s.exec(value) ?? [];
  const tokens = all.map((each) => each.slice(each.indexOf(" ") + 1));
  if (scheme.toLowerCase() === "basic") {
    const [username = "", password = ""] = Buffer.from(rest, "base64").toString().split(/:(.*)/s);
    // With many APIs the user name is the key, and the password is empty or a constant.
    const user = field("username", "User name", username, ...all, ...tokens);
    if (password === "" || /^(?:x|api_token|password)$/i.test(password)) {
      return {
        authenticator: { type: "BasicHttpAuthenticator", username: `{{ config['${user.name}'] }}`, password },
        told: "a key as user name (basic)",
      };
    }
    const key = field("password", "Password", password);
    return {
      authenticator: {
        type: "BasicHttpAuthenticator",
        username: `{{ config['${user.name}'] }}`,
        password: `{{ config['${key.name}'] }}`,
      },
      told: "user name and password (basic)",
    };
  }
  const token = field("api_token", "API token", ...tokens);
  const template = `{{ config['${token.name}'] }}`;
  if (scheme.toLowerCase() === "bearer") {
    return { authenticator: { type: "BearerAuthenticator", api_token: template }, told: "a bearer token" };
  }
  return {
    authenticator: {
      type: "ApiKeyAuthenticator",
      api_token: scheme === "" ? template : `${scheme} ${template}`,
      inject_into: { type: "RequestOption", inject_into: "header", field_name: "Authorization" },
    },
    told: scheme === "" ? "a token in the header Authorization" : `a token after ${scheme} in the header Authorization`,
  };
}

/** All values that each header had. */
function headersOf(exchanges: readonly Exchange[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const { request } of exchanges) {
    for (const [name, value] of request.headers) {
      const known = headers.get(name);
      if (known === undefined) headers.set(name, [value]);
      else if (!known.includes(value)) known.push(value);
    }
  }
  return headers;
}

function titleOf(name: string): string {
  const words = snakeCase(name.replace(/^x-/i, "")).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
