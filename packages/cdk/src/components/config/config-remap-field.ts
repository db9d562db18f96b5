import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { get, has, isObject, set } from "../../json/value.ts";
import type { ConfigTransformation } from "../../roles.ts";

export const configRemapField: Component<"configTransformation"> = component({
  kind: "configTransformation",
  type: "ConfigRemapField",
  description: "Replaces a value of the config by the one that a map has for it.",
  schema: (_, z) =>
    z.object({
      map: z
        .union([z.looseObject({}), z.string()])
        .describe("The new value by the old one; a value that is not in it stays. May see: config."),
      field_path: z.array(z.string()).describe("The path of the field. May see: config."),
    }),
  create({ field_path }, scope): ConfigTransformation {
    const map = get(scope.self, "map");
    if (field_path.length === 0) throw configError("ConfigRemapField: field_path is empty. Name the field to remap.");
    if (map === undefined || !isObject(map)) {
      throw configError("ConfigRemapField: `map` must be a mapping of old values to new ones.");
    }
    const path = field_path.map((part) => scope.text(part));
    const mapping = scope.mapping(map);
    return (config) => {
      const names = path.map((part) => part({ config }));
      let place = config;
      for (const name of names.slice(0, -1)) {
        const inner = get(place, name);
        if (inner === undefined || !isObject(inner)) return;
        place = inner;
      }
      const name = names.at(-1)!;
      const old = get(place, name);
      if (old === undefined) return;
      const values = mapping({ config });
      const key = str(old);
      if (typeof old !== "object" && has(values, key)) set(place, name, get(values, key)!);
    };
  },
});
