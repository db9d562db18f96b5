import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import type { KeyTransformation } from "../../roles.ts";

export const keyTransformation: Component<"keyTransformation"> = component({
  kind: "keyTransformation",
  type: "KeyTransformation",
  description: "A text put before and after the keys that are lifted up.",
  schema: (_, z) =>
    z.object({
      prefix: z.string().optional().describe("What goes before keys. May see: config, parameters."),
      suffix: z.string().optional().describe("What goes behind keys. May see: config, parameters."),
    }),
  create({ prefix, suffix }, scope): KeyTransformation {
    const text = (source: string | undefined): string => {
      const value = source === undefined ? undefined : scope.template(source)({});
      return value !== undefined && truthy(value) ? str(value) : ""; // a prefix of 0 is none, as in the reference
    };
    const before = text(prefix);
    const behind = text(suffix);
    return (key) => before + key + behind;
  },
});
