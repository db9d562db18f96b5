import { component, type Component } from "../../component.ts";
import { has, keys, set, type JsonObject } from "../../json/value.ts";
import type { Transformation } from "../../roles.ts";

export const keysToLower: Component<"transformation"> = component({
  kind: "transformation",
  type: "KeysToLower",
  description: "Writes the keys of each record in lower case.",
  schema: (_, z) => z.object({}),
  create: (): Transformation => (record) => {
    const lower: JsonObject = {};
    for (const key of keys(record)) {
      const name = key.toLowerCase();
      // Of two that become one, the one with capitals stays, as in the reference.
      if (name !== key || !has(lower, name)) set(lower, name, record[key]!);
    }
    return lower;
  },
});
