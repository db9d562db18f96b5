import {
  entries,
  fromEntries,
  get,
  isList,
  isObject,
  remove,
  set,
  copy,
  type Json,
  type JsonObject,
} from "../json/value.ts";
import { seenTypes, takes } from "./drift.ts";
import { schemaOfField, type Trust } from "./infer-schema.ts";
import type { FieldSample } from "./record-sample.ts";

/** Widens a schema so that it takes these records, and states the fields that it does not; what it says otherwise stays. */
export function completeSchema(declared: JsonObject, field: FieldSample, trust: Trust): JsonObject {
  const schema = copy(declared);
  const types = get(schema, "type");
  if (types !== undefined) set(schema, "type", widened(types, field));
  const values = get(schema, "enum");
  if (values !== undefined && isList(values)) {
    const others = [...(field.values?.keys() ?? [])].filter((value) => !values.includes(value));
    if (field.values === undefined && field.types.has("string")) remove(schema, "enum");
    else if (others.length > 0) set(schema, "enum", [...values, ...others]);
  }
  if (field.members.size > 0 && !hasAlternatives(schema)) {
    const known = get(schema, "properties");
    const properties = known !== undefined && isObject(known) ? known : {};
    const kept = entries(properties).map(([name, member]): [string, Json] => {
      const seen = field.members.get(name);
      return [name, seen !== undefined && isObject(member) ? completeSchema(member, seen, trust) : member];
    });
    const added = [...field.members]
      .filter(([name]) => get(properties, name) === undefined)
      .map(([name, member]): [string, Json] => [name, schemaOfField(member, trust)]);
    set(schema, "properties", fromEntries([...kept, ...added]));
  }
  if (field.items !== undefined) {
    const items = get(schema, "items");
    if (items === undefined) set(schema, "items", schemaOfField(field.items, trust));
    else if (isObject(items)) set(schema, "items", completeSchema(items, field.items, trust));
  }
  return schema;
}

/** The declared types, with those that were seen. */
function widened(types: Json, field: FieldSample): Json {
  const known = isList(types) ? types.map(String) : [String(types)];
  const missing = seenTypes(field).filter((type) => !takes(known, type));
  if (missing.length === 0) return types;
  const all = [...known, ...missing].filter((type, _, list) => !(type === "integer" && list.includes("number")));
  return all.includes("null") ? ["null", ...all.filter((type) => type !== "null")] : all.length === 1 ? all[0]! : all;
}

/** What a schema of alternatives leaves open is nobody's to guess. */
const hasAlternatives = (schema: JsonObject): boolean =>
  ["oneOf", "anyOf", "allOf"].some((keyword) => get(schema, keyword) !== undefined);
