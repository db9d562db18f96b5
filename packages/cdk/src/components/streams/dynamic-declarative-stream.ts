import { component, type Component } from "../../component.ts";

/** Streams that are made from a template, for what the config or an API names. They are made before any stream is built. */
export const dynamicDeclarativeStream: Component<"piece"> = component({
  kind: "piece",
  type: "DynamicDeclarativeStream",
  description: "Streams made from one template, for whatever the config or the API names.",
  schema: (slot, z) =>
    z.object({
      name: z.string().optional().describe("What a check calls these streams."),
      stream_template: slot("stream", ["DeclarativeStream", "StateDelegatingStream"]).describe(
        "The stream that each is a changed copy of.",
      ),
      components_resolver: slot("componentsResolver").describe(
        "What the copies are made for, and what it changes in them.",
      ),
      use_parent_parameters: z
        .boolean()
        .default(true)
        .describe("Whether in the copies `$parameters` from above win over a component's own of the same name."),
    }),
  create: (_, scope) => scope.self,
});
