import { component, type Component } from "../../component.ts";

/** A type with types within, such as a list of integers. */
export const complexFieldType: Component<"piece"> = component({
  kind: "piece",
  type: "ComplexFieldType",
  description: "A type of a dynamic schema that holds others, such as a list of numbers.",
  schema: (slot, z) =>
    z.object({
      field_type: z.string().describe("Airbyte's type; `array` where there are items."),
      items: z
        .union([z.string(), slot("piece", ["ComplexFieldType"])])
        .optional()
        .describe("The type of a list's items."),
    }),
  create: (_, scope) => scope.self,
});
