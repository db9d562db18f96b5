import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import type { Validator } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";

export const dpathValidator: Component<"validator"> = component({
  kind: "validator",
  type: "DpathValidator",
  description: "Checks a value at a path of the config.",
  schema: (slot, z) =>
    z.object({
      field_path: z
        .array(z.string())
        .describe("The path of the value in the config; `*` stands for any key. May see: config."),
      validation_strategy: slot("validationStrategy").describe("What must hold for it."),
    }),
  create({ field_path, validation_strategy }, scope): Validator {
    if (field_path.length === 0) throw configError("DpathValidator: field_path is empty. Name the field to validate.");
    const parts = field_path.map((part) => scope.text(part));
    const validate = scope.build(validation_strategy);
    return async (config) => {
      const path = compilePath(parts.map((part) => part({ config: {} })));
      // A value that is not there is not validated: the config's schema says what is required.
      for (const value of path.values(config)) await validate(value);
    };
  },
});
