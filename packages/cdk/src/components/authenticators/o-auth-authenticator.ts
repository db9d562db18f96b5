import { component, type Component } from "../../component.ts";
import type { Authenticator } from "../../roles.ts";
import { headerAuthenticator } from "./shared/header-authenticator.ts";
import { configTokens } from "./shared/oauth/config-tokens.ts";
import { ownTokens } from "./shared/oauth/own-tokens.ts";

export const oAuthAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "OAuthAuthenticator",
  description: "Gets an access token by OAuth 2.0, renews it when it expires, and sends it with each request.",
  schema: (slot, z) => {
    const text = (described: string) => z.string().optional().describe(`${described} May see: config, parameters.`);
    const name = (described: string, standard: string) => z.string().default(standard).describe(described);
    const statuses = z.array(z.int()).optional().describe("The statuses of answers that may refuse the refresh token.");
    const key = z.string().optional().describe("The member of such an answer that says why.");
    const values = z.array(z.string()).optional().describe("What it says when the refresh token is no good.");
    const path = (described: string) => z.array(z.string()).optional().describe(described);
    return z.object({
      client_id_name: name("What `client_id` is called in the token request.", "client_id"),
      client_id: text("The client's id."),
      client_secret_name: name("What `client_secret` is called in the token request.", "client_secret"),
      client_secret: text("The client's secret; may come to nothing where the API knows none."),
      refresh_token_name: name("What `refresh_token` is called in the token request.", "refresh_token"),
      refresh_token: text("What a new access token is given for."),
      token_refresh_endpoint: text("The URL that gives tokens."),
      access_token_name: name("What the access token is called in the answer.", "access_token"),
      access_token_value: text("An access token that is there already."),
      expires_in_name: name("What the token's lifetime is called in the answer.", "expires_in"),
      grant_type_name: name("What `grant_type` is called in the token request.", "grant_type"),
      grant_type: name("The grant: `refresh_token`, `client_credentials`, or one of the API's own.", "refresh_token"),
      refresh_request_body: z.looseObject({}).optional().describe("More members of the token request."),
      refresh_request_headers: z.looseObject({}).optional().describe("Headers of the token request."),
      send_refresh_request_as_query_params: z
        .boolean()
        .default(false)
        .describe("Whether the token request says all in its URL, and has no body."),
      scopes: z.array(z.string()).optional().describe("What the token is to allow."),
      token_expiry_date: text("When `access_token_value` expires."),
      token_expiry_date_format: z
        .string()
        .optional()
        .describe("States that the answer gives the moment of expiry, not a number of seconds."),
      refresh_token_error_status_codes: statuses,
      refresh_token_error_key: key,
      refresh_token_error_values: values,
      refresh_token_updater: z
        .object({
          refresh_token_name: z.string().optional().describe("What the new refresh token is called in the answer."),
          access_token_config_path: path("Where the config keeps the access token."),
          refresh_token_config_path: path("Where the config keeps the refresh token."),
          token_expiry_date_config_path: path("Where the config keeps the moment of expiry."),
          refresh_token_error_status_codes: statuses,
          refresh_token_error_key: key,
          refresh_token_error_values: values,
        })
        .nullable()
        .optional()
        .describe("Keeps the tokens in the config, for refresh tokens that work once only."),
      profile_assertion: slot("authenticator", ["JwtAuthenticator"]).optional().describe("Makes the assertion."),
      use_profile_assertion: z.boolean().default(false).describe("Whether tokens are given for an assertion."),
    });
  },
  create(spec, scope): Authenticator {
    const tokens = (spec.refresh_token_updater ? configTokens : ownTokens)(spec, scope);
    return {
      ...headerAuthenticator("Authorization", async () => `Bearer ${await tokens.current()}`),
      refresh: () => tokens.refresh(),
    };
  },
});
