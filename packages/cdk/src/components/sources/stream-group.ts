import { component, type Component } from "../../component.ts";

export const streamGroup: Component<"piece"> = component({
  kind: "piece",
  type: "StreamGroup",
  description: "Streams that share a rule about when they are read.",
  schema: (slot, z) =>
    z.object({
      streams: z.array(slot("stream", ["DeclarativeStream"])).describe("The streams of the group."),
      action: slot("piece", ["BlockSimultaneousSyncsAction"]).describe("What holds for them."),
    }),
  create: (_, scope) => scope.self,
});
