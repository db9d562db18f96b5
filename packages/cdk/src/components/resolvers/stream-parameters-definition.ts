import { component, type Component } from "../../component.ts";

/** What the streams of a template differ in. */
export const streamParametersDefinition: Component<"piece"> = component({
  kind: "piece",
  type: "StreamParametersDefinition",
  description: "A list of parameters to make dynamic streams for.",
  schema: (_, z) =>
    z.object({
      list_of_parameters_for_stream: z
        .array(z.looseObject({}))
        .describe("For each stream its values, which mappings see as components_values."),
    }),
  create: (_, scope) => scope.self,
});
