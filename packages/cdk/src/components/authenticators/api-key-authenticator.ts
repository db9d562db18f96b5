import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import type { Authenticator } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { injectAuthenticator } from "./shared/inject-authenticator.ts";
import { buildOption } from "../shared/build-option.ts";

export const apiKeyAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "ApiKeyAuthenticator",
  description: "Sends a key with each request, in a header, a query parameter or the body.",
  schema: (slot, z) =>
    z.object({
      api_token: z.string().optional().describe("The key. May see: config, parameters."),
      header: z.string().optional().describe("The header that carries it; an older form of `inject_into`."),
      inject_into: slot("requestOption", ["RequestOption"]).optional().describe("Where the key goes in a request."),
    }),
  create({ api_token = "", header, inject_into }, scope): Authenticator {
    if ((inject_into === undefined) === (header === undefined)) {
      throw configError(
        "ApiKeyAuthenticator: say where the key goes by `inject_into`, or by the older `header`, and not by both.",
      );
    }
    const option = ref("requestOption", {
      type: "RequestOption",
      inject_into: "header",
      field_name: header ?? "",
    });
    const token = scope.text(api_token);
    return injectAuthenticator(buildOption(inject_into ?? option, scope, scope.parameters), () => token({}));
  },
});
