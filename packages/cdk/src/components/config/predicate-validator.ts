import { component, type Component } from "../../component.ts";
import { get } from "../../json/value.ts";
import type { Validator } from "../../roles.ts";

export const predicateValidator: Component<"validator"> = component({
  kind: "validator",
  type: "PredicateValidator",
  description: "Checks a value that a template makes of the config.",
  schema: (slot, z) =>
    z.object({
      value: z.json().describe("The value to validate. May see: config."),
      validation_strategy: slot("validationStrategy").describe("What must hold for it."),
    }),
  create({ validation_strategy }, scope): Validator {
    const value = scope.template(get(scope.self, "value") ?? null);
    const validate = scope.build(validation_strategy);
    return (config) => validate(value({ config }) ?? null);
  },
});
