import { component, type Component } from "../../component.ts";
import type { ConfigTransformation } from "../../roles.ts";
import { setAt } from "../shared/dpath/set.ts";

export const configAddFields: Component<"configTransformation"> = component({
  kind: "configTransformation",
  type: "ConfigAddFields",
  description: "Sets fields of the config before it is used.",
  schema: (slot, z) =>
    z.object({
      fields: z.array(slot("addedField", ["AddedFieldDefinition"])).describe("The fields to add, in order."),
      condition: z
        .string()
        .default("")
        .describe("Whether a field is added; always when empty. May see: config, path, value."),
    }),
  defaults: { fields: "AddedFieldDefinition" },
  create({ fields, condition }, scope): ConfigTransformation {
    const added = fields.map((field) => scope.build(field));
    const holds = condition === "" ? undefined : scope.condition(condition);
    return (config) => {
      for (const field of added) {
        const value = field.value({ config });
        if (holds === undefined || holds({ config, value, path: field.path })) setAt(config, field.path, value);
      }
    };
  },
});
