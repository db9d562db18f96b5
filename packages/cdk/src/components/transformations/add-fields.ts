import { component, type Component } from "../../component.ts";
import type { Transformation } from "../../roles.ts";
import { setAt } from "../shared/dpath/set.ts";

export const addFields: Component<"transformation"> = component({
  kind: "transformation",
  type: "AddFields",
  description: "Sets fields of each record, new ones or others anew.",
  schema: (slot, z) =>
    z.object({
      fields: z.array(slot("addedField", ["AddedFieldDefinition"])).describe("The fields to add, in order."),
      condition: z
        .string()
        .default("")
        .describe(
          "Whether a field is added; always when empty. May see: config, parameters, path, record, stream_slice, value.",
        ),
    }),
  create({ fields, condition }, scope): Transformation {
    const added = fields.map((field) => scope.build(field));
    const holds = condition === "" ? undefined : scope.condition(condition);
    return (record, context) => {
      for (const field of added) {
        const value = field.value(context);
        const { path } = field;
        if (holds === undefined || holds({ ...context, value, path })) setAt(record, path, value);
      }
    };
  },
});
