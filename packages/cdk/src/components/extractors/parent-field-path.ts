import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { deepCopy } from "../../json/deep-copy.ts";
import type { ParentField } from "../../roles.ts";
import { setAt } from "../shared/dpath/set.ts";
import { onePath } from "./shared/one-path.ts";

export const parentFieldPath: Component<"parentField"> = component({
  kind: "parentField",
  type: "ParentFieldPath",
  description: "A field of the surrounding object that each expanded record gets too.",
  schema: (_, z) =>
    z.object({
      parent_path: z
        .array(z.string())
        .describe("Where the value is in the record that is expanded. May see: config, parameters."),
      record_path: z
        .array(z.string())
        .describe("Where it goes in each item; what is missing on the way is made. May see: config, parameters."),
    }),
  create(spec, scope): ParentField {
    const from = onePath(spec.parent_path, "parent_path", scope);
    const to = onePath(spec.record_path, "record_path", scope);
    for (const [name, { parts }] of [
      ["parent_path", from],
      ["record_path", to],
    ] as const) {
      if (parts.length === 0)
        throw configError(`Stream ${scope.stream.name}: \`${name}\` of a ParentFieldPath is empty.`);
    }
    return (parent, item) => {
      const value = from.get(parent);
      try {
        setAt(item, to.parts, value === undefined ? null : deepCopy(value));
      } catch (cause) {
        throw configError(
          `Stream ${scope.stream.name}: the parent's field cannot go to the record_path ${JSON.stringify(to.parts)}, for ` +
            `the item has a value on the way that is no object.`,
          { cause },
        );
      }
    };
  },
});
