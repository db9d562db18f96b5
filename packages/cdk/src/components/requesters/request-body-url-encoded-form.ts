import { component, type Component } from "../../component.ts";
import { requestInput, seen } from "./shared/request-input.ts";

export const requestBodyUrlEncodedForm: Component<"requestBody"> = component({
  kind: "requestBody",
  type: "RequestBodyUrlEncodedForm",
  description: "A body of form fields.",
  schema: (_, z) =>
    z.object({
      value: z
        .record(z.string(), z.string())
        .describe(
          "The fields of the form; names and values are templates, and a field that comes to nothing is left out. May see: " +
            "config, next_page_token, parameters, stream_interval, stream_partition, stream_slice.",
        ),
    }),
  create({ value }, scope) {
    const form = requestInput(value, scope, ["str", "list"]);
    return (context) => ({ form: form(seen(context)) });
  },
});
