import { component, type Component } from "../../component.ts";
import { has, isList, isObject, keys, set, type Json, type JsonObject } from "../../json/value.ts";
import type { Transformation } from "../../roles.ts";

export const flattenFields: Component<"transformation"> = component({
  kind: "transformation",
  type: "FlattenFields",
  description: "Lifts the fields of nested objects up into the record, under joined names.",
  schema: (_, z) =>
    z.object({ flatten_lists: z.boolean().default(true).describe("Whether items of lists become fields too.") }),
  create:
    ({ flatten_lists }): Transformation =>
    (record) =>
      flattened(record, flatten_lists),
});

/**
 * All single values of a record as fields of one level, the last first, as the reference leaves them. A key that is taken,
 * and every key after the first list that was met, has its parent's name before it.
 */
function flattened(record: JsonObject, lists: boolean): JsonObject {
  const flat: JsonObject = {};
  const waiting: [Json, string][] = [[record, "_"]];
  let withParent = false;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [value, name] = next;
    if (isObject(value)) {
      for (const key of keys(value)) waiting.push([value[key]!, withParent || has(flat, key) ? `${name}.${key}` : key]);
    } else if (isList(value) && lists) {
      if (value.length > 0) withParent = true;
      value.forEach((item, i) => void waiting.push([item, `${name}.${i}`]));
    } else set(flat, name, value);
  }
  return flat;
}
