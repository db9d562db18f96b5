import type { JsonObject } from "../../../json/value.ts";
import { secretField } from "../config-fields.ts";
import { snakeCase, type ConfigField, type Finding } from "../draft.ts";
import { isNode, nodesOf, textOf, type Document, type Node } from "./document.ts";
import type { Operation } from "./operations.ts";

export interface FoundAuthentication {
  readonly authenticator: JsonObject | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: readonly ConfigField[];
  readonly finding: Finding;
}

/** A scheme as an authenticator; how easily a user gets its secrets decides among several. */
interface Scheme {
  readonly name: string;
  readonly rank: number;
  readonly authenticator: JsonObject;
  readonly fields: readonly ConfigField[];
  readonly told: string;
}

/** The authentication that most endpoints take. */
export function findAuthentication(
  document: Document,
  operations: readonly Operation[],
  urlBase: string,
): FoundAuthentication {
  const schemes = schemesOf(document, urlBase);
  const usage = new Map<string, number>();
  const shared = nodesOf(document.root["security"]).filter(isNode);
  for (const { security } of operations) {
    for (const requirement of security ?? shared) {
      const names = Object.keys(requirement).sort();
      if (names.length === 0 || names.some((name) => !schemes.has(name))) continue;
      usage.set(names.join("\n"), (usage.get(names.join("\n")) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...usage.values());
  const rankOf = (names: string): number => Math.max(...names.split("\n").map((name) => schemes.get(name)!.rank));
  const common = [...usage]
    .filter(([, count]) => count >= most / 2)
    .sort(([one], [other]) => rankOf(one) - rankOf(other));
  const chosen = common[0]?.[0].split("\n").map((name) => schemes.get(name)!);
  const [first, ...more] = chosen ?? [...schemes.values()].sort((one, other) => one.rank - other.rank).slice(0, 1);
  if (first === undefined) {
    const finding = {
      subject: "authentication",
      value: "none",
      confidence: "medium",
      why: "no scheme is described",
    } as const;
    return { authenticator: undefined, headers: {}, fields: [], finding };
  }
  return {
    authenticator: first.authenticator,
    headers: Object.fromEntries(more.flatMap(asHeader)),
    fields: [first, ...more].flatMap(({ fields }) => fields),
    finding: {
      subject: "authentication",
      value: [first, ...more].map(({ told }) => told).join(" and "),
      confidence: chosen === undefined ? "low" : common.length > 1 ? "medium" : "high",
      why:
        chosen === undefined
          ? "a scheme is described, but no endpoint states that it takes it"
          : common.length > 1
            ? `the simplest of ${common.length} that the endpoints take`
            : `the scheme "${first.name}" of the endpoints`,
    },
  };
}

/** A second key is a header of its own. */
function asHeader({ authenticator }: Scheme): [string, string][] {
  const into = authenticator["inject_into"];
  const option: Node = isNode(into) ? into : {};
  return option["inject_into"] === "header" ? [[String(option["field_name"]), String(authenticator["api_token"])]] : [];
}

function schemesOf({ root, resolve }: Document, urlBase: string): Map<string, Scheme> {
  const described = {
    ...resolve(root["securityDefinitions"]),
    ...resolve(resolve(root["components"])["securitySchemes"]),
  };
  return new Map(
    Object.entries(described).flatMap(([name, node]) => {
      const scheme = schemeOf(name, resolve(node), resolve, urlBase);
      return scheme === undefined ? [] : [[name, scheme] satisfies [string, Scheme]];
    }),
  );
}

function schemeOf(name: string, node: Node, resolve: Document["resolve"], urlBase: string): Scheme | undefined {
  const http = String(node["scheme"] ?? "").toLowerCase();
  const text = textOf(node["description"])?.split("\n")[0];
  switch (node["type"]) {
    case "apiKey":
      return apiKey(name, String(node["in"]), String(node["name"]), text);
    case "basic":
      return basic(name);
    case "http":
      if (http === "basic") return basic(name);
      return http === "bearer" || http === "" ? bearer(name, text) : undefined;
    case "oauth2":
      return oauth(name, node, resolve, urlBase);
    case "openIdConnect":
      return { ...bearer(name, text), rank: 6 };
    default:
      return undefined;
  }
}

function apiKey(name: string, place: string, param: string, description: string | undefined): Scheme {
  const field = "api_key";
  // Many describe a bearer token as a key in this header, because older versions knew no other way.
  const isBearer = param.toLowerCase() === "authorization" && /bearer/i.test(description ?? "");
  if (isBearer) return bearer(name, description);
  const isCookie = place === "cookie";
  return {
    name,
    rank: place === "query" ? 2 : isCookie ? 4 : 1,
    authenticator: {
      type: "ApiKeyAuthenticator",
      api_token: isCookie ? `${param}={{ config['${field}'] }}` : `{{ config['${field}'] }}`,
      inject_into: {
        type: "RequestOption",
        inject_into: place === "query" ? "request_parameter" : "header",
        field_name: isCookie ? "Cookie" : param,
      },
    },
    fields: [secretField(field, "API key", description)],
    told: `an API key as ${place === "query" ? "parameter" : place} ${param}`,
  };
}

function basic(name: string): Scheme {
  return {
    name,
    rank: 3,
    authenticator: {
      type: "BasicHttpAuthenticator",
      username: "{{ config['username'] }}",
      password: "{{ config['password'] }}",
    },
    fields: [
      { name: "username", schema: { type: "string", title: "User name" }, required: true, example: "your-username" },
      secretField("password", "Password"),
    ],
    told: "user name and password (basic)",
  };
}

function bearer(name: string, description: string | undefined): Scheme {
  return {
    name,
    rank: 0,
    authenticator: { type: "BearerAuthenticator", api_token: "{{ config['api_token'] }}" },
    fields: [secretField("api_token", "API token", description)],
    told: "a bearer token",
  };
}

function oauth(name: string, node: Node, resolve: Document["resolve"], urlBase: string): Scheme {
  const flows = node["flow"] === undefined ? resolve(node["flows"]) : { [String(node["flow"])]: node };
  const client = resolve(flows["clientCredentials"] ?? flows["application"]);
  const code = resolve(flows["authorizationCode"] ?? flows["accessCode"]);
  const flow = textOf(client["tokenUrl"]) !== undefined ? client : code;
  const url = textOf(flow["tokenUrl"]);
  if (url === undefined) return { ...bearer(name, undefined), rank: 5, told: "an access token of OAuth 2" };
  const byClient = flow === client;
  const scopes = Object.keys(resolve(flow["scopes"])).map(snakeCase);
  return {
    name,
    rank: byClient ? 4 : 6,
    authenticator: {
      type: "OAuthAuthenticator",
      token_refresh_endpoint: /^https?:/.test(url)
        ? url
        : `${urlBase.replace(/(\/\/[^/]+).*$/, "$1")}/${url.replace(/^\//, "")}`,
      client_id: "{{ config['client_id'] }}",
      client_secret: "{{ config['client_secret'] }}",
      ...(byClient
        ? { grant_type: "client_credentials" }
        : { grant_type: "refresh_token", refresh_token: "{{ config['refresh_token'] }}" }),
    },
    fields: [
      { name: "client_id", schema: { type: "string", title: "Client ID" }, required: true, example: "your-client-id" },
      secretField("client_secret", "Client secret"),
      ...(byClient ? [] : [secretField("refresh_token", "Refresh token")]),
    ],
    told: `OAuth 2, ${byClient ? "client credentials" : "a refresh token"}${scopes.length > 0 ? ` (${scopes.length} scopes are described)` : ""}`,
  };
}
