import { collectShape, describeShape, fieldChanges, type FieldChange } from "../../cassette/json-shape.ts";
import { get, isObject, type JsonObject } from "../../json/value.ts";
import { declaredTypes, membersOf } from "../../json-schema/drift.ts";

/** How the types of a stream's fields differ, as they are found in records; none where one side has no records. */
export function typeDifferences(before: readonly JsonObject[], after: readonly JsonObject[]): readonly FieldChange[] {
  return before.length === 0 || after.length === 0 ? [] : fieldChanges(typesIn(before), typesIn(after));
}

function typesIn(records: readonly JsonObject[]): ReadonlyMap<string, string> {
  const collector = collectShape();
  for (const record of records) collector.add(record);
  return describeShape(collector.shape());
}

/** How two declared schemas differ, field by field. */
export function schemaDifferences(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  return fieldChanges(fieldsOf(before), fieldsOf(after));
}

function fieldsOf(schema: JsonObject, above = "", fields = new Map<string, string>()): ReadonlyMap<string, string> {
  for (const [name, member] of membersOf(schema)) {
    const place = above === "" ? name : `${above}.${name}`;
    const format = get(member, "format");
    const types = declaredTypes(member)?.join(" or ") ?? "any";
    fields.set(place, typeof format === "string" ? `${types} (${format})` : types);
    fieldsOf(member, place, fields);
    const items = get(member, "items");
    if (items === undefined || !isObject(items)) continue;
    fields.set(`${place}[]`, declaredTypes(items)?.join(" or ") ?? "any");
    fieldsOf(items, `${place}[]`, fields);
  }
  return fields;
}
