import { component, type Component } from "../../component.ts";
import type { Paginator } from "../../roles.ts";

export const noPagination: Component<"paginator"> = component({
  kind: "paginator",
  type: "NoPagination",
  description: "One request reads all there is.",
  schema: (_, z) => z.object({}),
  create: (): Paginator => ({
    pageSize: undefined,
    first: undefined,
    next: () => Promise.resolve(undefined),
    inject: () => ({}),
    path: () => undefined,
  }),
});
