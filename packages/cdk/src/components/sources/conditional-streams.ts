import { component, type Component } from "../../component.ts";

/** Streams that there are only under some configs. Which, is decided before any stream is built. */
export const conditionalStreams: Component<"piece"> = component({
  kind: "piece",
  type: "ConditionalStreams",
  description: "Streams that exist only where a condition on the config holds.",
  schema: (slot, z) =>
    z.object({
      condition: z.string().describe("Whether there are these streams. May see: config, parameters."),
      streams: z.array(slot("stream", ["DeclarativeStream"])).describe("The streams."),
    }),
  create: (_, scope) => scope.self,
});
