import { component, type Component } from "../../component.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import { get } from "../../json/value.ts";
import type { MergeKey } from "../../roles.ts";

export const groupByKeyMergeStrategy: Component<"recordMergeStrategy"> = component({
  kind: "recordMergeStrategy",
  type: "GroupByKeyMergeStrategy",
  description: "Joins the parts of a record that were asked for in several requests, by a key.",
  schema: (_, z) =>
    z.object({
      key: z.union([z.string(), z.array(z.string())]).describe("The fields by which the parts of a record are told."),
    }),
  create({ key }): MergeKey {
    const names = typeof key === "string" ? [key] : key;
    return (record) => {
      const values: string[] = [];
      for (const name of names) {
        const value = get(record, name);
        if (value === undefined || !truthy(value)) return undefined;
        values.push(str(value));
      }
      return values.join(",");
    };
  },
});
