import type { JsonObject } from "ferry-cdk";
import { alternative, mapping, names, secret, text } from "./fields.ts";

export const authentication: JsonObject = {
  type: "object",
  title: "Authentication",
  description: "How the API is told who asks.",
  oneOf: [
    alternative("none", "None"),
    alternative("bearer", "Bearer token", { token: secret("Token", "Sent as `Authorization: Bearer …`.") }, ["token"]),
    alternative(
      "api_key",
      "API key",
      {
        key: secret("Key", "The key itself, with a prefix where the API wants one."),
        name: text("Name", "Name of the header or of the parameter.", { default: "X-API-Key" }),
        in: {
          type: "string",
          title: "Place",
          description: "The part of the request that the key goes into.",
          enum: ["header", "query"],
          default: "header",
        },
      },
      ["key"],
    ),
    alternative(
      "basic",
      "User and password",
      { username: text("User", "The user's name."), password: secret("Password", "The user's password.") },
      ["username"],
    ),
    alternative(
      "oauth2",
      "OAuth 2",
      {
        token_url: text("Token URL", "Where tokens are given.", { pattern: "^https?://", examples: ["https://…"] }),
        client_id: text("Client ID", "The client's ID."),
        client_secret: secret("Client secret", "The client's secret."),
        refresh_token: secret("Refresh token", "Left out for the client credentials grant."),
        single_use_refresh_token: {
          type: "boolean",
          title: "Single-use refresh token",
          description: "Whether each refresh gives a new refresh token, which is kept in the config.",
          default: false,
        },
        scopes: names("Scopes", "What the token is to allow."),
        token_params: mapping("Token parameters", "More fields of the token request, such as `audience`."),
        access_token: secret("Access token", "Kept here for single-use refresh tokens."),
        token_expiry_date: text("Token expiry date", "Kept here for single-use refresh tokens."),
      },
      ["token_url", "client_id", "client_secret"],
    ),
  ],
};
