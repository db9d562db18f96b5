import { component, type Component } from "../../component.ts";
import type { ConfigTransformation } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";
import { removeAt } from "../shared/dpath/remove.ts";

export const configRemoveFields: Component<"configTransformation"> = component({
  kind: "configTransformation",
  type: "ConfigRemoveFields",
  description: "Removes fields of the config before it is used.",
  schema: (_, z) =>
    z.object({
      field_pointers: z.array(z.array(z.string())).describe("Paths of the fields to remove; `*` stands for any key."),
      condition: z.string().default("").describe("Whether they are removed; always when empty. May see: config."),
    }),
  create({ field_pointers, condition }, scope): ConfigTransformation {
    const paths = field_pointers.map((pointer) => compilePath(pointer));
    const holds = condition === "" ? undefined : scope.condition(condition);
    return (config) => {
      if (holds?.({ config }) === false) return;
      for (const path of paths) removeAt(config, path.places(config));
    };
  },
});
