import { component, type Component } from "../../component.ts";
import type { ComponentMapping } from "../../roles.ts";

const seen = "May see: components_values, config, parameters, stream_slice, stream_template_config.";

export const componentMappingDefinition: Component<"componentMapping"> = component({
  kind: "componentMapping",
  type: "ComponentMappingDefinition",
  description: "A place of a dynamic stream's template, and what is put there.",
  schema: (_, z) =>
    z.object({
      field_path: z.array(z.string()).describe(`The place in the stream's template, its parts globs. ${seen}`),
      value: z.string().describe(`What goes there. ${seen}`),
      value_type: z
        .enum(["string", "number", "integer", "boolean"])
        .optional()
        .describe("The type that the value has to have; else it stays text. Told by the value when left out."),
      create_or_update: z
        .boolean()
        .default(false)
        .describe("Whether the place is made where the template does not have it."),
      condition: z
        .string()
        .optional()
        .describe(`Whether the value is put there at all; with a ConfigComponentsResolver only. ${seen}`),
    }),
  create({ field_path, value, value_type, create_or_update, condition }, scope): ComponentMapping {
    const parts = field_path.map((part) => scope.template(part));
    const evaluate = scope.template(value, undefined, value_type && TYPES[value_type]);
    return {
      path: (context) => parts.map((part) => part(context) ?? null),
      value: (context) => evaluate(context) ?? null,
      isText: value_type === "string",
      createsMissing: create_or_update,
      condition: condition === "" ? undefined : condition,
    };
  },
});

const TYPES = { string: "str", number: "float", integer: "int", boolean: "bool" } as const;
