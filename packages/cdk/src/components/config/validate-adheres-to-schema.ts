import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { certainlyHolds } from "../../json-schema/certainly-holds.ts";
import { parseJson } from "../../json/parse.ts";
import { printPython } from "../../json/print.ts";
import { get, isObject } from "../../json/value.ts";
import type { ValidationStrategy } from "../../roles.ts";

export const validateAdheresToSchema: Component<"validationStrategy"> = component({
  kind: "validationStrategy",
  type: "ValidateAdheresToSchema",
  description: "A value has to fit a JSON Schema.",
  schema: (_, z) =>
    z.object({ base_schema: z.union([z.string(), z.looseObject({})]).describe("The JSON Schema to hold to.") }),
  create(_, { self }): ValidationStrategy {
    const given = get(self, "base_schema");
    const schema = typeof given === "string" ? parseJson(given) : given;
    if (schema === undefined || !isObject(schema))
      throw configError("ValidateAdheresToSchema: base_schema must be an object.");
    return async (value) => {
      const parsed = typeof value === "string" ? jsonOf(value) : value;
      if (certainlyHolds(schema, parsed)) return;
      const { schemaProblems } = await import("../../json-schema/schema-problems.ts");
      const [first] = schemaProblems(schema, parsed);
      if (first !== undefined) throw configError(`The config does not hold to what the connector asks of it: ${first}`);
    };
  },
});

function jsonOf(text: string): ReturnType<typeof parseJson> {
  try {
    return parseJson(text);
  } catch (cause) {
    throw configError(`The config holds a text that should be JSON, and is not: ${printPython(text)}`, { cause });
  }
}
