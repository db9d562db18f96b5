import { component, type Component } from "../../component.ts";
import { copy, get, isObject, keys } from "../../json/value.ts";
import type { PropertySelector } from "../../roles.ts";

export const jsonSchemaPropertySelector: Component<"propertySelector"> = component({
  kind: "propertySelector",
  type: "JsonSchemaPropertySelector",
  description: "Asks only for the properties that the catalog's schema has.",
  schema: (slot, z) =>
    z.object({
      transformations: z
        .array(slot("transformation"))
        .optional()
        .describe("Changes of the schema's properties, so that they bear the API's names."),
    }),
  create({ transformations = [] }, scope): PropertySelector {
    const steps = transformations.map((each) => scope.build(each));
    return () => {
      const schema = scope.run.configuredSchema(scope.stream.name);
      if (schema === undefined) return undefined;
      const properties = get(schema, "properties");
      const selected = isObject(properties) ? copy(properties) : {};
      for (const step of steps) step(selected, {});
      return new Set(keys(selected));
    };
  },
});
