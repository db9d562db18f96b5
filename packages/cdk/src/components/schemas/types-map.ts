import { component, type Component } from "../../component.ts";

/** What an API's name of a type stands for. */
export const typesMap: Component<"piece"> = component({
  kind: "piece",
  type: "TypesMap",
  description: "What one of the API's types is in a JSON Schema.",
  schema: (slot, z) =>
    z.object({
      target_type: z
        .union([z.string(), z.array(z.string()), slot("piece", ["ComplexFieldType"])])
        .describe("Airbyte's type, or two of them for a value of either."),
      current_type: z.union([z.string(), z.array(z.string())]).describe("The API's type, or list of types."),
      condition: z.string().optional().describe("Whether this applies. May see: config, raw_schema."),
    }),
  create: (_, scope) => scope.self,
});
