import { component, type Component } from "../../component.ts";

/** The streams of a group are read one after the other. */
export const blockSimultaneousSyncsAction: Component<"piece"> = component({
  kind: "piece",
  type: "BlockSimultaneousSyncsAction",
  description: "The streams of the group are read one after the other.",
  schema: (_, z) => z.object({}),
  create: (_, scope) => scope.self,
});
