import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { compilePath } from "../shared/dpath/path.ts";

export const selectiveAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "SelectiveAuthenticator",
  description: "Chooses one of several authenticators by a value of the config.",
  schema: (slot, z) =>
    z.object({
      authenticator_selection_path: z
        .array(z.string())
        .describe("The path in the config that names the authenticator."),
      authenticators: z.record(z.string(), slot("authenticator")).describe("The authenticators by that name."),
    }),
  create({ authenticator_selection_path, authenticators }, scope) {
    const path = authenticator_selection_path.join(".");
    const place = compilePath(authenticator_selection_path).get(scope.config.get());
    if (place === undefined) {
      throw configError(
        `SelectiveAuthenticator: the config has nothing at ${path}, which names the authenticator to use.`,
      );
    }
    const name = str(place);
    const chosen = Object.hasOwn(authenticators, name) ? authenticators[name] : undefined;
    if (chosen === undefined) {
      throw configError(
        `SelectiveAuthenticator: the config's ${path} is "${name}"; there are authenticators for: ${Object.keys(authenticators).join(", ")}.`,
      );
    }
    return scope.build(chosen);
  },
});
