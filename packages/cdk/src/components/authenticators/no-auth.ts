import { component, type Component } from "../../component.ts";
import type { Authenticator } from "../../roles.ts";

export const noAuth: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "NoAuth",
  description: "Requests are sent without credentials.",
  schema: (_, z) => z.object({}),
  create: (): Authenticator => ({
    apply: (request) => Promise.resolve(request),
    options: () => Promise.resolve({}),
  }),
});
