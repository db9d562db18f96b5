import { component, type Component } from "../../component.ts";
import { entries, fromEntries, type JsonObject } from "../../json/value.ts";
import { jsonInput, seen } from "./shared/request-input.ts";

export const requestBodyGraphQl: Component<"requestBody"> = component({
  kind: "requestBody",
  type: "RequestBodyGraphQL",
  description: "A body with a GraphQL query.",
  schema: (_, z) =>
    z.object({
      value: z
        .looseObject({ query: z.string().describe("The query.") })
        .describe(
          "The query and, beside it, what else the body holds, such as variables. All texts are templates and may see: config, " +
            "next_page_token, parameters, stream_interval, stream_partition, stream_slice.",
        ),
    }),
  create({ value }, scope) {
    const members = entries(value as JsonObject); // a manifest holds nothing but Json
    const json = jsonInput(fromEntries(members.filter(([, member]) => member !== null)), scope);
    return (context) => ({ json: json(seen(context)) });
  },
});
