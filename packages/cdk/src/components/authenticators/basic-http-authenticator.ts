import { component, type Component } from "../../component.ts";
import { headerAuthenticator } from "./shared/header-authenticator.ts";

export const basicHttpAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "BasicHttpAuthenticator",
  description: "Sends a user name and a password with each request (HTTP Basic).",
  schema: (_, z) =>
    z.object({
      username: z.string().describe("The user's name. May see: config, parameters."),
      password: z.string().default("").describe("The user's password. May see: config, parameters."),
    }),
  create({ username, password }, scope) {
    const user = scope.text(username);
    const secret = scope.text(password);
    return headerAuthenticator(
      "Authorization",
      () => `Basic ${Buffer.from(`${user({})}:${secret({})}`).toString("base64")}`,
    );
  },
});
