import { component, type Component } from "../../component.ts";
import { requestInput, seen } from "./shared/request-input.ts";

export const requestBodyPlainText: Component<"requestBody"> = component({
  kind: "requestBody",
  type: "RequestBodyPlainText",
  description: "A body of plain text.",
  schema: (_, z) =>
    z.object({
      value: z
        .string()
        .describe(
          "The body. May see: config, next_page_token, parameters, stream_interval, stream_partition, stream_slice.",
        ),
    }),
  create({ value }, scope) {
    const form = requestInput(value, scope, ["str", "list"]);
    return (context) => ({ form: form(seen(context)) });
  },
});
