import { entries, get, isList, isObject, type Json, type JsonObject } from "../json/value.ts";
import type { FieldSample } from "./record-sample.ts";

/** Where records are otherwise than a schema says. */
export interface Drift {
  /** Such as `address.street` or `tags[]`. */
  readonly path: string;
  readonly kind: "undeclared" | "type" | "null" | "enum" | "missing" | "unseen";
  /** What the schema says; undefined where it says nothing. */
  readonly declared: string | undefined;
  /** What records have. */
  readonly seen: string | undefined;
  /** How many values are otherwise. */
  readonly count: number;
}

/** Compares what records are like with a schema, place by place. */
export function driftOf(root: FieldSample, schema: JsonObject): Drift[] {
  return root.count === 0 ? [] : membersDrift(root, schema, "");
}

function membersDrift(field: FieldSample, schema: JsonObject, above: string): Drift[] {
  const declared = membersOf(schema);
  const at = (name: string): string => (above === "" ? name : `${above}.${name}`);
  const isOpen = declared.size === 0 && above !== "";
  const seen = [...field.members].flatMap(([name, member]) => {
    const inner = declared.get(name);
    if (inner !== undefined) return fieldDrift(member, inner, at(name));
    const types = seenTypes(member).join(" or ");
    const drift = {
      path: at(name),
      kind: "undeclared",
      declared: undefined,
      seen: types,
      count: member.count,
    } as const;
    return isOpen ? [] : [drift];
  });
  const required = get(schema, "required");
  const absent = [...declared].flatMap(([name, inner]): Drift[] => {
    const member = field.members.get(name);
    const objects = field.types.get("object") ?? 0;
    const isRequired = isList(required) && required.includes(name);
    if (isRequired && (member?.count ?? 0) < objects) {
      const count = objects - (member?.count ?? 0);
      return [{ path: at(name), kind: "missing", declared: "required", seen: "absent", count }];
    }
    if (member !== undefined) return [];
    return [
      { path: at(name), kind: "unseen", declared: declaredTypes(inner)?.join(" or "), seen: undefined, count: 0 },
    ];
  });
  return [...seen, ...absent];
}

function fieldDrift(field: FieldSample, schema: JsonObject, path: string): Drift[] {
  const declared = declaredTypes(schema);
  const drifts: Drift[] = [];
  const told = declared?.join(" or ");
  if (declared !== undefined) {
    if (field.nulls > 0 && !declared.includes("null")) {
      drifts.push({ path, kind: "null", declared: told, seen: "null", count: field.nulls });
    }
    for (const [type, count] of field.types) {
      if (!takes(declared, type)) drifts.push({ path, kind: "type", declared: told, seen: type, count });
    }
  }
  const values = get(schema, "enum");
  if (isList(values) && field.values !== undefined) {
    const others = [...field.values].filter(([value]) => !values.includes(value));
    const count = others.reduce((sum, [, each]) => sum + each, 0);
    const seen = others.map(([value]) => value).join(", ");
    if (others.length > 0) drifts.push({ path, kind: "enum", declared: values.map(String).join(", "), seen, count });
  }
  if (field.types.has("object")) drifts.push(...membersDrift(field, schema, path));
  const items = get(schema, "items");
  if (field.items !== undefined && items !== undefined && isObject(items)) {
    drifts.push(...fieldDrift(field.items, items, `${path}[]`));
  }
  return drifts;
}

/** The types that a schema takes, of all its alternatives; undefined where it takes any. */
export function declaredTypes(schema: JsonObject): string[] | undefined {
  const stated = get(schema, "type");
  if (typeof stated === "string") return [stated];
  if (isList(stated)) return stated.map(String);
  const alternatives = ["oneOf", "anyOf"].flatMap((keyword) => listOf(get(schema, keyword)));
  if (alternatives.length === 0) return undefined;
  const types = alternatives.map(declaredTypes);
  return types.some((each) => each === undefined) ? undefined : [...new Set(types.flatMap((each) => each ?? []))];
}

/** The members that a schema knows, of all its parts. */
export function membersOf(schema: JsonObject): Map<string, JsonObject> {
  const properties = get(schema, "properties");
  const own = isObject(properties) ? entries(properties) : [];
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((keyword) => listOf(get(schema, keyword)));
  return new Map([
    ...parts.flatMap((part) => [...membersOf(part)]),
    ...own.map(([name, member]): [string, JsonObject] => [name, isObject(member) ? member : {}]),
  ]);
}

const listOf = (value: Json | undefined): JsonObject[] =>
  value !== undefined && isList(value) ? value.filter(isObject) : [];

/** Whether a value of this type is one of the declared types. */
export const takes = (declared: readonly string[], type: string): boolean =>
  declared.includes(type) || (type === "integer" && declared.includes("number"));

/** The types that a field was seen to have. */
export function seenTypes(field: FieldSample): string[] {
  return [...field.types.keys(), ...(field.nulls > 0 ? ["null"] : [])];
}
