import { component, type Component } from "../../component.ts";
import { copy, has, isObject, keys, set, type JsonObject } from "../../json/value.ts";
import type { Transformation } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";
import { removeAt } from "../shared/dpath/remove.ts";

export const dpathFlattenFields: Component<"transformation"> = component({
  kind: "transformation",
  type: "DpathFlattenFields",
  description: "Lifts the fields of an object within the record up into the record.",
  schema: (slot, z) =>
    z.object({
      field_path: z
        .array(z.string())
        .describe("Where the object is whose members become the record's. May see: config, parameters."),
      delete_origin_value: z.boolean().optional().describe("Whether the object is removed from its place."),
      replace_record: z.boolean().optional().describe("Whether nothing else of the record stays."),
      key_transformation: slot("keyTransformation", ["KeyTransformation"])
        .optional()
        .describe("How the members' keys are changed."),
    }),
  create(spec, scope): Transformation {
    const parts = spec.field_path.map((part) => scope.template(part)({}) ?? null);
    const path = compilePath(parts);
    const wild = parts.includes("*");
    const rename = spec.key_transformation && scope.build(spec.key_transformation);
    return (record) => {
      const found = wild ? path.values(record)[0] : path.get(record);
      if (!isObject(found)) return record;
      const members = rename === undefined ? copy(found) : withKeys(found, rename);
      const names = keys(members);
      if (spec.replace_record === true && names.length > 0) return members;
      if (names.some((name) => has(record, name))) return record;
      if (spec.delete_origin_value === true) removeAt(record, path.places(record));
      for (const name of names) set(record, name, members[name]!);
      return record;
    };
  },
});

function withKeys(object: JsonObject, rename: (key: string) => string): JsonObject {
  const result: JsonObject = {};
  for (const key of keys(object)) set(result, rename(key), object[key]!);
  return result;
}
