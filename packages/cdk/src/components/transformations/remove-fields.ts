import { component, type Component } from "../../component.ts";
import type { Context } from "../../interpolation/template.ts";
import { has, isList, isObject, isReordered, keys, remove, set, type Json, type JsonObject } from "../../json/value.ts";
import type { Transformation } from "../../roles.ts";
import { compilePath, walk, type Step } from "../shared/dpath/path.ts";
import { removeAt } from "../shared/dpath/remove.ts";

export const removeFields: Component<"transformation"> = component({
  kind: "transformation",
  type: "RemoveFields",
  description: "Removes fields of each record.",
  schema: (_, z) =>
    z.object({
      field_pointers: z.array(z.array(z.string())).describe("Paths of the fields to remove; `*` stands for any key."),
      condition: z
        .string()
        .default("")
        .describe(
          "When set, each single value for which it is true is removed, wherever it is. May see: config, parameters, property.",
        ),
    }),
  create({ field_pointers, condition }, scope): Transformation {
    if (condition !== "") return removeWhere(scope.condition(condition), field_pointers.length);
    const paths = field_pointers.map((pointer) => ({ pointer, path: compilePath(pointer) }));
    const names = new Set(paths.flatMap(({ pointer, path }) => (path.plain && pointer.length === 1 ? pointer : [])));
    const deeper = paths.filter(({ pointer, path }) => !(path.plain && pointer.length === 1)).map(({ path }) => path);
    return (record) => {
      for (const path of deeper) removeAt(record, path.places(record));
      return without(record, names);
    };
  },
});

/** A new object is quicker than one of which members were deleted. */
function without(record: JsonObject, names: ReadonlySet<string>): JsonObject {
  if (isReordered(record)) {
    for (const name of names) remove(record, name);
    return record;
  }
  let some = false;
  for (const name of names) some ||= has(record, name);
  if (!some) return record;
  const rest: JsonObject = {};
  for (const key of keys(record)) {
    if (names.has(key)) continue;
    if (key === "__proto__") set(rest, key, record[key]!);
    else rest[key] = record[key]!;
  }
  return rest;
}

/** With a condition the reference looks at every single value of the record, whatever the pointers say, once a pointer. */
function removeWhere(holds: (context: Context) => boolean, times: number): Transformation {
  return (record, context) => {
    for (let i = 0; i < times; i++) {
      const leaves: [Step[], Json][] = [];
      walk(record, (value, steps) => {
        if (!isObject(value) && !isList(value)) leaves.push([[...steps], value]);
      });
      for (const [steps, property] of leaves) if (holds({ ...context, property })) removeAt(record, [steps]);
    }
  };
}
