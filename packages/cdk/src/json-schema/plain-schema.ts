import { pythonRegex } from "../interpolation/python-regex.ts";
import { entries, Float, isObject, type Json } from "../json/value.ts";

/** The value in JavaScript's own types. Numbers may lose digits. */
export function plainJson(value: Json): unknown {
  if (value instanceof Float) return value.value;
  if (typeof value === "bigint") return Number(value);
  if (isList(value)) return value.map(plainJson);
  if (isObject(value)) return Object.fromEntries(entries(value).map(([key, member]) => [key, plainJson(member)]));
  return value;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const SCHEMAS_BY_NAME = new Set([
  "properties",
  "patternProperties",
  "definitions",
  "$defs",
  "dependencies",
  "dependentSchemas",
]);
const SCHEMAS = new Set([
  "items",
  "additionalItems",
  "contains",
  "additionalProperties",
  "propertyNames",
  "oneOf",
  "anyOf",
  "allOf",
  "not",
  "if",
  "then",
  "else",
]);
/** What ajv would read otherwise than the reference does, or refuse. */
const IGNORED = new Set(["$schema", "$id", "id", "nullable", "discriminator", "format"]);

/** A JSON Schema of any draft, as ajv takes it. */
export function plainSchema(schema: Json): Record<string, unknown> | boolean {
  if (typeof schema === "boolean") return schema;
  if (!isObject(schema))
    throw new TypeError(`a schema must be an object or a boolean, not ${JSON.stringify(plainJson(schema))}`);
  const plain: Record<string, unknown> = {};
  for (const [keyword, value] of entries(schema)) {
    if (IGNORED.has(keyword)) continue;
    if (SCHEMAS_BY_NAME.has(keyword) && isObject(value)) {
      plain[keyword] = Object.fromEntries(entries(value).map(([name, member]) => [name, schemaOrNames(member)]));
    } else if (SCHEMAS.has(keyword)) plain[keyword] = isList(value) ? value.map(plainSchema) : plainSchema(value);
    else plain[keyword] = plainJson(value);
  }
  for (const [flag, limit] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    const exclusive = plain[flag]; // a boolean in draft 4
    if (typeof exclusive !== "boolean") continue;
    delete plain[flag];
    if (!exclusive) continue;
    plain[flag] = plain[limit];
    delete plain[limit];
  }
  return plain;
}

/** `dependencies` may hold lists of names. */
const schemaOrNames = (value: Json): unknown => (isList(value) ? plainJson(value) : plainSchema(value));

interface Pattern {
  toString(): string;
  test(text: string): boolean;
}

/** A `pattern` as Python searches it; one that cannot be read matches everything, as an unknown format does. */
export const searchPattern: { (pattern: string): Pattern; code: string } = Object.assign(
  (pattern: string): Pattern => {
    const toString = (): string => pattern; // by which ajv tells patterns apart
    try {
      const regex = pythonRegex(pattern);
      return { test: (text) => regex.search(text) !== undefined, toString };
    } catch {
      return { test: () => true, toString }; // a config must not fail for it
    }
  },
  { code: "pythonRegex" }, // ajv prints it into code that is only kept in memory
);
