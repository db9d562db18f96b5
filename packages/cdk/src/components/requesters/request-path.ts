import { component, type Component } from "../../component.ts";
import type { RequestOption } from "../../roles.ts";

/** Says that a page token is the path, or the whole URL, of the next request. */
export const requestPath: Component<"requestOption"> = component({
  kind: "requestOption",
  type: "RequestPath",
  description: "The value is the address of the next request.",
  schema: (_, z) => z.object({}),
  create: (): RequestOption => ({ into: "path", inject: () => undefined }),
});
