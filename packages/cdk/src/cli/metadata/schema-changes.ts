import { equal } from "../../json/equal.ts";
import { entries, get, has, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { itemsOf, mappingOf, textsOf } from "./members.ts";

/** What changed in a schema at a path of fields. */
export type SchemaChange =
  | { readonly kind: "removed" | "required"; readonly path: string }
  | { readonly kind: "added"; readonly path: string; readonly isRequired: boolean }
  | { readonly kind: "type"; readonly path: string; readonly before: string; readonly after: string }
  /** Some of the former values are none any more. */
  | { readonly kind: "values"; readonly path: string; readonly left: readonly Json[] };

/** The changes from one JSON Schema to another, those of nested objects and of alternatives among them. */
export function schemaChanges(before: JsonObject, after: JsonObject, path = ""): SchemaChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const within = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const isNewlyRequired = (name: string): boolean =>
    now.required.has(name) && !old.required.has(name) && !has(now.fields.get(name) ?? {}, "default");
  const changes: SchemaChange[] = [];
  for (const [name, schema] of old.fields) {
    const kept = now.fields.get(name);
    if (kept === undefined) changes.push({ kind: "removed", path: within(name) });
    else changes.push(...fieldChanges(schema, kept, within(name)));
    if (kept !== undefined && isNewlyRequired(name)) changes.push({ kind: "required", path: within(name) });
  }
  for (const name of now.fields.keys()) {
    if (!old.fields.has(name)) changes.push({ kind: "added", path: within(name), isRequired: isNewlyRequired(name) });
  }
  return changes;
}

function fieldChanges(before: JsonObject, after: JsonObject, path: string): SchemaChange[] {
  const [old, now] = [typeOf(before), typeOf(after)];
  if (old !== now) return [{ kind: "type", path, before: old, after: now }];
  const left = itemsOf(get(after, "enum"));
  const stays = (value: Json): boolean => left.some((each) => equal(each, value));
  const isNarrower = has(after, "enum") && (!has(before, "enum") || !itemsOf(get(before, "enum")).every(stays));
  const [items, newItems] = [get(before, "items"), get(after, "items")];
  return [
    ...(isNarrower ? [{ kind: "values" as const, path, left }] : []),
    ...schemaChanges(before, after, path),
    ...(isObject(items) && isObject(newItems) ? fieldChanges(items, newItems, `${path}[]`) : []),
  ];
}

/** Its type and format; whether it may be null is of no account. */
function typeOf(schema: JsonObject): string {
  const type = get(schema, "type");
  const types = (typeof type === "string" ? [type] : textsOf(type)).filter((each) => each !== "null");
  const format = get(schema, "format") ?? get(schema, "airbyte_type");
  return `${[...types].sort().join(" or ") || "anything"}${typeof format === "string" ? ` (${format})` : ""}`;
}

/** A schema's own fields, and those of its alternatives: each of these under the constant, or title, that tells it from the others. */
function fieldsOf(schema: JsonObject): { fields: Map<string, JsonObject>; required: Set<string> } {
  const fields = new Map(
    entries(mappingOf(get(schema, "properties"))).map(([name, field]) => [name, mappingOf(field)]),
  );
  const required = new Set(textsOf(get(schema, "required")));
  for (const alternative of itemsOf(get(schema, "oneOf") ?? get(schema, "anyOf")).filter(isObject)) {
    fields.set(`<${nameOf(alternative)}>`, { ...alternative, type: "object" });
  }
  return { fields, required };
}

function nameOf(alternative: JsonObject): string {
  const constants = entries(mappingOf(get(alternative, "properties"))).flatMap(([, property]) => {
    const constant = get(mappingOf(property), "const");
    return typeof constant === "string" ? [constant] : [];
  });
  const told = get(alternative, "title") ?? get(alternative, "type");
  return constants[0] ?? (typeof told === "string" ? told : "");
}
