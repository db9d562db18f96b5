import { component, type Component } from "../../component.ts";

/** How a user signs in: read by the platform, never by a sync. */
export const authFlow: Component<"piece"> = component({
  kind: "piece",
  type: "AuthFlow",
  description: "How the platform lets a user sign in instead of asking for a secret (OAuth).",
  schema: (slot, z) =>
    z.object({
      auth_flow_type: z.enum(["oauth2.0", "oauth1.0"]).optional().describe("The kind of flow."),
      predicate_key: z.array(z.string()).optional().describe("The config's field that says whether the flow is used."),
      predicate_value: z.string().optional().describe("The value of that field for which it is."),
      oauth_config_specification: slot("piece", ["OAuthConfigSpecification"]).optional().describe("The flow's parts."),
    }),
  create: (_, scope) => scope.self,
});
