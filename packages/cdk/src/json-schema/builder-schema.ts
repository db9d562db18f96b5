import { entries, fromEntries, get, isList, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import { seenTypes } from "./drift.ts";
import { createRecordSample, type FieldSample } from "./record-sample.ts";

export interface BuilderSchema {
  add(record: JsonObject): void;
  /** The schema, and why a key could not be marked as required; undefined where there was no record. */
  schema(): { readonly schema: JsonObject; readonly problems: readonly string[] } | undefined;
}

/**
 * The JSON Schema that a connector builder suggests for records: all may be null but the fields of the keys, numbers are
 * numbers whether whole or not, fields that are always null are left out. It says `anyOf` only where the reference does.
 * @param keys paths of the fields that each record has
 */
export function createBuilderSchema(keys: readonly (readonly string[])[]): BuilderSchema {
  const { root, note } = createRecordSample();
  return {
    add: note,
    schema() {
      if (root.count === 0) return undefined;
      const described = relaxed(describe(root));
      set(described, "type", "object");
      const problems = keys.flatMap((path) => requirePath(described, path, []) ?? []);
      return { schema: { $schema: "http://json-schema.org/schema#", ...described }, problems };
    },
  };
}

/** Types that say nothing more stand together and come first; several alternatives are an `anyOf`. */
function describe(field: FieldSample): JsonObject {
  const plain = new Set<string>();
  const detailed: JsonObject[] = [];
  for (const type of seenTypes(field)) {
    if (type === "object" && field.members.size > 0) {
      const properties = fromEntries([...field.members].map(([name, member]) => [name, describe(member)] as const));
      detailed.push({ type, properties });
    } else if (type === "array" && field.items !== undefined) detailed.push({ type, items: describe(field.items) });
    else plain.add(type === "integer" ? "number" : type);
  }
  const [only, ...others] = [...plain].sort();
  const alternatives =
    only === undefined ? detailed : [{ type: others.length === 0 ? only : [only, ...others] }, ...detailed];
  return alternatives.length === 1 ? alternatives[0]! : { anyOf: alternatives };
}

/** The schema with null allowed everywhere. As in the reference what is within an `anyOf` stays as it is. */
function relaxed(schema: JsonObject): JsonObject {
  const anyOf = get(schema, "anyOf");
  if (isList(anyOf)) {
    const [first, second] = anyOf as readonly JsonObject[]; // made by `describe`
    if (anyOf.length !== 2 || (first!["type"] !== "null" && second!["type"] !== "null")) return schema;
    return relaxed(first!["type"] === "null" ? second! : first!);
  }
  const properties = get(schema, "properties");
  const items = get(schema, "items");
  return {
    ...schema,
    ...(isObject(properties) ? { properties: relaxedMembers(properties) } : {}),
    ...(isObject(items) ? { items: relaxed(items) } : {}),
    type: withNull(schema["type"]!),
  };
}

function relaxedMembers(properties: JsonObject): JsonObject {
  const kept = entries(properties).filter(([, member]) => isObject(member) && get(member, "type") !== "null");
  return fromEntries(kept.map(([name, member]) => [name, relaxed(member as JsonObject)] as const)); // objects all
}

const withNull = (type: Json): Json =>
  isList(type) ? [...type.filter((each) => each !== "null"), "null"] : [type, "null"];

/** Marks the way to a field as required, in place. Gives what stands in its way. */
function requirePath(schema: JsonObject, path: readonly string[], walked: readonly string[]): string | undefined {
  const type = get(schema, "type");
  if (isList(type)) {
    const others = type.filter((each) => each !== "null");
    set(schema, "type", others.length === 1 ? others[0]! : others);
  }
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  const field = `The field "${path.join(".")}" of a key cannot be marked as required in the schema`;
  const where = walked.length === 0 ? "a record" : `"${walked.join(".")}"`;
  const properties = get(schema, "properties");
  if (!isObject(properties)) return `${field}: ${where} is no object, or an empty one.`;
  const member = get(properties, name);
  if (!isObject(member))
    return `${field}: ${where} has no field "${name}" with a value, in all records that were read.`;
  const required = get(schema, "required");
  if (!isList(required)) set(schema, "required", [name]);
  else if (!required.includes(name)) set(schema, "required", [...required, name]);
  return requirePath(member, rest, [...walked, name]);
}
