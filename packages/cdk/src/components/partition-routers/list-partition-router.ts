import { component, type Component } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { typeName } from "../../json/compare.ts";
import { truthy } from "../../json/truthy.ts";
import { fromEntries, get, isObject, keys, type Json } from "../../json/value.ts";
import type { PartitionRouter } from "../../roles.ts";
import { injectOptions } from "../shared/inject-option.ts";
import { buildOption } from "../shared/build-option.ts";

export const listPartitionRouter: Component<"partitionRouter"> = component({
  kind: "partitionRouter",
  type: "ListPartitionRouter",
  description: "One partition for each value of a list.",
  schema: (slot, z) =>
    z.object({
      values: z
        .union([z.string(), z.array(z.string())])
        .describe("The values, one partition each, or a template that gives them. May see: config, parameters."),
      cursor_field: z.string().describe("The name that a partition's value goes by. May see: config, parameters."),
      request_option: slot("requestOption", ["RequestOption"])
        .optional()
        .describe("Where the value goes in a request."),
    }),
  create({ values, cursor_field, request_option }, scope): PartitionRouter {
    const field = scope.text(cursor_field)({});
    const option = request_option && buildOption(request_option, scope);
    const given = typeof values === "string" ? (scope.template(values)({}) ?? null) : values;
    return {
      async *partitions() {
        for (const value of itemsOf(given, scope.stream.name))
          yield { partition: fromEntries([[field, value]]), extra: {} };
      },
      options({ slice }) {
        const value = get(slice.partition, field);
        return option === undefined || value === undefined || !truthy(value) ? {} : injectOptions([[option, value]]);
      },
      fields: [field],
      injects: option !== undefined,
      parents: [],
      state: () => undefined,
    };
  },
});

/** What Python's `for` goes through: the characters of a text, the keys of an object. */
function itemsOf(values: Json, stream: string): Iterable<Json> {
  if (typeof values === "string") return values;
  if (Array.isArray(values)) return values as readonly Json[];
  if (isObject(values)) return keys(values);
  throw systemError(
    `Stream ${stream}: the values of its ListPartitionRouter are of type ${typeName(values)}. They must be a list.`,
    { stream },
  );
}
