import { component, type Component, type Ref, type Scope } from "../../component.ts";
import type { ConfigRules, ConfigTransformation, Validator } from "../../roles.ts";

/** What the config looks like, and what is done to one before it is used. */
export const spec: Component<"spec"> = component({
  kind: "spec",
  type: "Spec",
  schema: (slot, z) =>
    z.object({
      connection_specification: z.looseObject({}).describe("The JSON Schema of the config."),
      documentation_url: z.string().optional().describe("Where the connector is documented."),
      advanced_auth: slot("piece", ["AuthFlow"]).optional().describe("How a user signs in by OAuth."),
      config_normalization_rules: z
        .strictObject({
          type: z.literal("ConfigNormalizationRules"),
          $parameters: z.looseObject({}).optional(),
          config_migrations: z
            .array(slot("configMigration"))
            .optional()
            .describe("Brings older configs up to date; the platform saves what changed."),
          transformations: z
            .array(slot("configTransformation"))
            .optional()
            .describe("Changes made for the run only, in order."),
          validations: z
            .array(slot("validator"))
            .optional()
            .describe("What must hold for the config, beyond its schema."),
        })
        .optional()
        .describe("What is done to a config before it is used."),
    }),
  create({ config_normalization_rules: rules }, scope): ConfigRules {
    const migrations = build(scope, rules?.config_migrations);
    const transformations = build(scope, rules?.transformations);
    const validations = build(scope, rules?.validations);
    return {
      migrate: (config) => apply(migrations, config),
      transform: (config) => apply(transformations, config),
      validate: (config) => apply(validations, config),
    };
  },
});

const build = <K extends "configMigration" | "configTransformation" | "validator">(
  scope: Scope,
  parts: readonly Ref<K>[] = [],
): readonly (ConfigTransformation | Validator)[] => parts.map((part) => scope.build(part));

function apply(steps: readonly ConfigTransformation[], config: Parameters<ConfigTransformation>[0]): void {
  for (const step of steps) step(config);
}
