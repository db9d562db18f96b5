import { entries, get, isList, isObject, type Json } from "../../json/value.ts";
import type { FieldModel } from "./model.ts";

/** How deep fields are shown. */
const DEEPEST = 4;

/** The fields of a JSON Schema, nested ones after the one that they are in. */
export function schemaFields(schema: Json | undefined, prefix = "", depth = 0): FieldModel[] {
  const properties = isObject(schema) ? get(schema, "properties") : undefined;
  if (!isObject(properties) || depth > DEEPEST) return [];
  return entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    if (!isObject(field)) return [{ path, type: "any", isNullable: true, description: "" }];
    const description = get(field, "description");
    const items = get(field, "items");
    return [
      {
        path,
        type: typeOf(field),
        isNullable: typesOf(field).includes("null"),
        description: typeof description === "string" ? description.replaceAll(/\s+/g, " ").trim() : "",
      },
      ...schemaFields(field, `${path}.`, depth + 1),
      ...schemaFields(items, `${path}[].`, depth + 1),
    ];
  });
}

function typeOf(schema: Json | undefined): string {
  if (!isObject(schema)) return "any";
  const names = typesOf(schema).filter((name) => name !== "null");
  const format = get(schema, "format") ?? get(schema, "airbyte_type");
  const items = get(schema, "items");
  const name = names.length === 0 ? "any" : names.join(" or ");
  if (name === "array" && isObject(items)) return `array of ${typeOf(items)}`;
  return typeof format === "string" ? `${name} (${format})` : name;
}

function typesOf(schema: Json): string[] {
  if (!isObject(schema)) return [];
  const type = get(schema, "type");
  if (type !== undefined) return (isList(type) ? type : [type]).map(String);
  const choices = get(schema, "anyOf") ?? get(schema, "oneOf");
  return isList(choices) ? [...new Set(choices.flatMap(typesOf))] : [];
}
