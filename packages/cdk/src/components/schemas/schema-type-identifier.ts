import { component, type Component, type Ref, type Scope } from "../../component.ts";
import { systemError } from "../../errors.ts";
import { compileBoolean } from "../../interpolation/boolean.ts";
import { equal } from "../../json/equal.ts";
import { printJson } from "../../json/print.ts";
import { isList, isObject, keys, set, type Json, type JsonObject } from "../../json/value.ts";
import type { SchemaTypeIdentifier } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";
import { ref } from "../shared/refs.ts";
import { assertItemsOfArray, schemaOfComplexType, schemaOfType } from "./shared/schema-of-type.ts";

export const schemaTypeIdentifier: Component<"schemaTypeIdentifier"> = component({
  kind: "schemaTypeIdentifier",
  type: "SchemaTypeIdentifier",
  description: "Where in an API's description of its fields stand their names and types.",
  schema: (slot, z) => {
    const path = z.array(z.string());
    return z.object({
      schema_pointer: path
        .default([])
        .describe(
          "The path of the list of properties in the record; the record itself when empty. May see: config, parameters.",
        ),
      key_pointer: path.describe("The path of a property's name in its description. May see: config, parameters."),
      type_pointer: path
        .optional()
        .describe(
          "The path of a property's type in its description; all are strings when left out. May see: config, parameters.",
        ),
      types_mapping: z
        .array(slot("piece", ["TypesMap"]))
        .optional()
        .describe("What the API's names of types stand for; the first that fits counts."),
    });
  },
  create({ schema_pointer, key_pointer, type_pointer, types_mapping = [] }, scope): SchemaTypeIdentifier {
    const properties = pointer(schema_pointer, scope);
    const key = pointer(key_pointer, scope);
    const type = type_pointer === undefined || type_pointer.length === 0 ? undefined : pointer(type_pointer, scope);
    const schemaFor = mappedSchemas(types_mapping, scope);
    return (record) => {
      const schema: JsonObject = {};
      for (const described of itemsOf(properties(record), schema_pointer)) {
        const name = key(described);
        if (typeof name !== "string") {
          throw systemError(
            `The schema's source names a property ${shown(name)} at key_pointer ${printJson(key_pointer)}; a name is a text.`,
          );
        }
        const given = type?.(described);
        set(schema, name, schemaFor(given === undefined ? "string" : given, described));
      }
      return schema;
    };
  },
});

/** Looks up what is at a path; its templates are evaluated each time, as the config may change. */
function pointer(parts: readonly string[], scope: Scope): (value: Json) => Json | undefined {
  if (parts.length === 0) return (value) => value;
  const templates = parts.map((part) => scope.template(part));
  return (value) => compilePath(templates.map((template) => template({}) ?? null)).get(value);
}

/** What is gone through as Python goes through it: of an object its keys, of a text its characters. */
function itemsOf(properties: Json | undefined, path: readonly string[]): Iterable<Json> {
  if (isList(properties)) return properties;
  if (typeof properties === "string") return properties;
  if (isObject(properties)) return keys(properties);
  throw systemError(
    `The schema's source has ${shown(properties)} at schema_pointer ${printJson(path)}, where a list of properties is expected.`,
  );
}

/** As in the reference conditions see no parameters, and all of them are evaluated up to the one that fits. */
function mappedSchemas(maps: readonly Ref<"piece">[], scope: Scope): (type: Json, described: Json) => JsonObject {
  const rules = maps.map((map) => {
    const {
      target_type = null,
      current_type = null,
      condition,
    } = scope.build(ref("piece", { ...map, type: "TypesMap" }));
    assertItemsOfArray(target_type);
    const holds = compileBoolean(typeof condition === "string" ? condition : "True", { parameters: {} });
    return { target: target_type, current: current_type, holds };
  });
  return (type, described) => {
    const context = { config: () => scope.config.get(), raw_schema: described };
    const rule = rules.find(({ current, holds }) => holds(context) && equal(type, current));
    return rule === undefined ? schemaOfType(type) : schemaOfComplexType(rule.target);
  };
}

const shown = (value: Json | undefined): string => (value === undefined ? "nothing" : printJson(value));
