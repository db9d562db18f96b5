import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import type { AddedField } from "../../roles.ts";

export const addedFieldDefinition: Component<"addedField"> = component({
  kind: "addedField",
  type: "AddedFieldDefinition",
  description: "One field to set, and the value that it gets.",
  schema: (_, z) =>
    z.object({
      path: z.array(z.string()).describe("Where the field goes; what is missing on the way is made."),
      value: z
        .string()
        .describe("The value. May see: config, parameters, record, stream_interval, stream_partition, stream_slice."),
      value_type: z
        .enum(["string", "number", "integer", "boolean"])
        .optional()
        .describe("The type that the value has to have; else it stays text. Told by the value when left out."),
    }),
  create({ path, value, value_type }, scope): AddedField {
    if (path.length === 0) {
      throw configError(`Stream ${scope.stream.name}: an added field has an empty \`path\`. Name at least one key.`);
    }
    const evaluate = scope.template(value, undefined, value_type && TYPES[value_type]);
    return { path, value: (context) => evaluate(context) ?? null };
  },
});

const TYPES = { string: "str", number: "float", integer: "int", boolean: "bool" } as const;
