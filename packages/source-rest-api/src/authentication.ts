import { get, isObject, type Json, type JsonObject } from "ferry-cdk";

const secret = (name: string): string => `{{ config['authentication']['${name}'] }}`;

/** The authenticator of a config's `authentication`. */
export function authenticatorOf(authentication: Json | undefined): JsonObject {
  const spec = authentication !== undefined && isObject(authentication) ? authentication : {};
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

function oauth(spec: JsonObject): JsonObject {
  const refreshes = get(spec, "refresh_token") !== undefined;
  const scopes = get(spec, "scopes");
  return {
    type: "OAuthAuthenticator",
    token_refresh_endpoint: secret("token_url"),
    client_id: secret("client_id"),
    client_secret: secret("client_secret"),
    grant_type: refreshes ? "refresh_token" : "client_credentials",
    ...(refreshes ? { refresh_token: secret("refresh_token") } : {}),
    ...(Array.isArray(scopes) ? { scopes } : {}),
  };
}
