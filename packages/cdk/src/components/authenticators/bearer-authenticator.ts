import { component, type Component } from "../../component.ts";
import { headerAuthenticator } from "./shared/header-authenticator.ts";

export const bearerAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "BearerAuthenticator",
  description: "Sends a token with each request, as `Authorization: Bearer …`.",
  schema: (_, z) => z.object({ api_token: z.string().describe("The token. May see: config, parameters.") }),
  create({ api_token }, scope) {
    const token = scope.text(api_token);
    return headerAuthenticator("Authorization", () => `Bearer ${token({})}`);
  },
});
