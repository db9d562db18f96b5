import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import type { Transformation } from "../../roles.ts";
import { renamed } from "./shared/renamed.ts";

export const keysReplace: Component<"transformation"> = component({
  kind: "transformation",
  type: "KeysReplace",
  description: "Replaces a text in the keys of each record.",
  schema: (_, z) =>
    z.object({
      old: z.string().describe("What is replaced in keys. May see: config, parameters, record, stream_slice."),
      new: z.string().describe("What comes in its place. May see: config, parameters, record, stream_slice."),
    }),
  create(spec, scope): Transformation {
    const from = scope.template(spec.old);
    const to = scope.template(spec.new);
    return (record, context) => {
      const old = str(from(context) ?? null);
      const replacement = str(to(context) ?? null);
      return renamed(record, (key) => key.replaceAll(old, () => replacement));
    };
  },
});
