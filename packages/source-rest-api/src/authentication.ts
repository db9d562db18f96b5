import { entries, fromEntries, get, isObject, type Json, type JsonObject } from "ferry-cdk";
import { asTexts } from "./templates.ts";

/** The authenticator of a config's `authentication`. Secrets stay in the config, and templates refer to them. */
export function authenticatorOf(authentication: Json | undefined): JsonObject {
  const spec = isObject(authentication) ? authentication : {};
  switch (get(spec, "type")) {
    case "bearer":
      return { type: "BearerAuthenticator", api_token: secret("token") };
    case "api_key":
      return {
        type: "ApiKeyAuthenticator",
        api_token: secret("key"),
        inject_into: {
          type: "RequestOption",
          inject_into: get(spec, "in") === "query" ? "request_parameter" : "header",
          field_name: get(spec, "name") ?? "X-API-Key",
        },
      };
    case "basic":
      return { type: "BasicHttpAuthenticator", username: secret("username"), password: secret("password") };
    case "oauth2":
      return oauth(spec);
    default:
      return { type: "NoAuth" };
  }
}

/** Through JSON, so that a secret which reads like a literal of Python, as `12e3`, stays the text that it is. */
const secret = (name: string): string => `{{ (config['authentication']['${name}'] or '') | tojson }}`;

function oauth(spec: JsonObject): JsonObject {
  const refreshes = get(spec, "refresh_token") !== undefined;
  const keepsTokens = refreshes && get(spec, "single_use_refresh_token") === true;
  const place = (name: string): string[] => ["authentication", name];
  const more = tokenParams(spec);
  return {
    type: "OAuthAuthenticator",
    token_refresh_endpoint: secret("token_url"),
    client_id: secret("client_id"),
    client_secret: secret("client_secret"),
    grant_type: refreshes ? "refresh_token" : "client_credentials",
    ...(refreshes ? { refresh_token: secret("refresh_token") } : {}),
    ...(entries(more).length > 0 ? { refresh_request_body: more } : {}),
    ...(keepsTokens
      ? {
          refresh_token_updater: {
            refresh_token_config_path: place("refresh_token"),
            access_token_config_path: place("access_token"),
            token_expiry_date_config_path: place("token_expiry_date"),
          },
        }
      : {}),
  };
}

/** Scopes go out as the standard's `scope`; the runtime's own `scopes` is a list under that name, as in the reference. */
function tokenParams(spec: JsonObject): JsonObject {
  const scopes = get(spec, "scopes");
  const given = get(spec, "token_params");
  return fromEntries([
    ...(Array.isArray(scopes) && scopes.length > 0 ? [["scope", scopes.join(" ")] as const] : []),
    ...entries(isObject(given) ? asTexts(given) : {}),
  ]);
}
