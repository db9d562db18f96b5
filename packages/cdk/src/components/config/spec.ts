import { component, type Component } from "../../component.ts";
import type { ConfigRules } from "../../roles.ts";

/** What the config looks like, and what is done to one before it is used. */
export const spec: Component<"spec"> = component({
  kind: "spec",
  type: "Spec",
  description: "What a user configures, as a JSON Schema, and how it is shown and brought up to date.",
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
    const migrations = (rules?.config_migrations ?? []).map((each) => scope.build(each));
    const transformations = (rules?.transformations ?? []).map((each) => scope.build(each));
    const validations = (rules?.validations ?? []).map((each) => scope.build(each));
    return {
      migrate(config) {
        for (const migrate of migrations) migrate(config);
      },
      transform(config) {
        for (const transform of transformations) transform(config);
      },
      async validate(config) {
        for (const validate of validations) await validate(config);
      },
    };
  },
});
