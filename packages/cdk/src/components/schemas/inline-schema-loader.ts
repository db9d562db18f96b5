import { component, type Component } from "../../component.ts";
import { get, isObject } from "../../json/value.ts";
import type { SchemaLoader } from "../../roles.ts";

export const inlineSchemaLoader: Component<"schemaLoader"> = component({
  kind: "schemaLoader",
  type: "InlineSchemaLoader",
  description: "The stream's JSON Schema, as it stands here.",
  schema: (_, z) => z.object({ schema: z.looseObject({}).optional().describe("The JSON Schema itself.") }),
  create(_, { self }): SchemaLoader {
    const schema = get(self, "schema");
    return () => Promise.resolve(isObject(schema) ? schema : {});
  },
});
