import { component, type Component } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import { jsonInput, seen } from "./shared/request-input.ts";

export const requestBodyJsonObject: Component<"requestBody"> = component({
  kind: "requestBody",
  type: "RequestBodyJsonObject",
  description: "A body in JSON.",
  schema: (_, z) =>
    z.object({
      value: z
        .looseObject({})
        .describe(
          "The body; all texts in it are templates, and members that come to nothing are left out. May see: config, " +
            "next_page_token, parameters, stream_interval, stream_partition, stream_slice.",
        ),
    }),
  create({ value }, scope) {
    const json = jsonInput(value as JsonObject, scope); // a manifest holds nothing but Json
    return (context) => ({ json: json(seen(context)) });
  },
});
