import { component, type Component } from "../../component.ts";

/** The parts of an OAuth flow, as the platform reads them. */
export const oauthConfigSpecification: Component<"piece"> = component({
  kind: "piece",
  type: "OAuthConfigSpecification",
  description: "How the platform's sign-in page gets its tokens, and where they go in the config.",
  schema: (_, z) => {
    const scopes = z.array(z.looseObject({ scope: z.string().describe("The scope's name.") }));
    const fields = z.looseObject({});
    return z.object({
      oauth_user_input_from_connector_config_specification: fields
        .optional()
        .describe("What of the config the flow needs, such as a subdomain."),
      oauth_connector_input_specification: z
        .looseObject({
          consent_url: z.string().describe("Where the user gives consent."),
          access_token_url: z.string().describe("Where the code is changed for tokens."),
          scope: z.string().optional().describe("The scopes to ask for, as one text."),
          scopes: scopes.optional().describe("The scopes to ask for; wins over `scope`."),
          optional_scopes: scopes.optional().describe("Scopes that may be refused."),
          scopes_join_strategy: z
            .enum(["space", "comma", "plus"])
            .default("space")
            .describe("What stands between scopes."),
          access_token_headers: fields.optional().describe("Headers of the token request."),
          access_token_params: fields.optional().describe("Parameters of the token request."),
          extract_output: z.array(z.string()).optional().describe("What of the token answer goes into the config."),
          state: z
            .looseObject({ min: z.int().describe("Its least length."), max: z.int().describe("Its greatest length.") })
            .optional()
            .describe("The form of the `state` parameter."),
          client_id_key: z.string().optional().describe("The API's name for client_id."),
          client_secret_key: z.string().optional().describe("The API's name for client_secret."),
          scope_key: z.string().optional().describe("The API's name for scope."),
          state_key: z.string().optional().describe("The API's name for state."),
          auth_code_key: z.string().optional().describe("The API's name for code."),
          redirect_uri_key: z.string().optional().describe("The API's name for redirect_uri."),
        })
        .optional()
        .describe("The requests of the flow."),
      complete_oauth_output_specification: fields.optional().describe("What the flow gives to the config."),
      complete_oauth_server_input_specification: fields.optional().describe("What the platform brings to the flow."),
      complete_oauth_server_output_specification: fields.optional().describe("What the platform keeps of the flow."),
    });
  },
  create: (_, scope) => scope.self,
});
