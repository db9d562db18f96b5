import { get, has, isList, isObject, keys, type Json, type JsonObject } from "../json/value.ts";
import { plainJson, searchPattern } from "./plain-schema.ts";

/**
 * Whether a value holds to a schema, told at a glance and without a library, where the schema is as simple as those of most
 * configs. False means no more than that a closer look is needed.
 */
export function certainlyHolds(schema: Json, value: Json): boolean {
  return isKnown(schema) && holds(schema, value);
}

/** Keywords that ask for something which is not looked at here. */
const OTHERS: ReadonlySet<string> = new Set([
  "$anchor",
  "$defs",
  "$dynamicAnchor",
  "$dynamicRef",
  "$recursiveAnchor",
  "$recursiveRef",
  "$ref",
  "$vocabulary",
  "additionalItems",
  "contains",
  "definitions",
  "dependencies",
  "dependentRequired",
  "dependentSchemas",
  "else",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "if",
  "maxContains",
  "maxProperties",
  "minContains",
  "minProperties",
  "multipleOf",
  "not",
  "patternProperties",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === "boolean",
  integer: (value) => typeof value === "number" && !(value % 1) && !Number.isNaN(value), // infinity is one, to ajv
  null: (value) => value === null,
  number: (value) => typeof value === "number",
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  string: (value) => typeof value === "string",
};

function isKnown(schema: Json): boolean {
  if (typeof schema === "boolean") return true;
  return isObject(schema) && keys(schema).every((keyword) => isKnownAs(keyword, schema[keyword]!));
}

function isKnownAs(keyword: string, given: Json): boolean {
  switch (keyword) {
    case "type":
      return typesOf(given).every((type) => typeof type === "string" && Object.hasOwn(TYPES, type));
    case "properties":
      return isObject(given) && keys(given).every((name) => isKnown(given[name]!));
    case "items":
    case "additionalProperties":
      return isKnown(given);
    case "allOf":
    case "anyOf":
    case "oneOf":
      return isList(given) && given.length > 0 && given.every(isKnown);
    case "required":
      return isList(given) && given.every((name) => typeof name === "string");
    case "enum":
      return isList(given) && given.length > 0 && given.every(isScalar);
    case "const":
      return isScalar(given);
    case "pattern":
      return typeof given === "string";
    case "minimum":
    case "maximum":
    case "minLength":
    case "maxLength":
    case "minItems":
    case "maxItems":
      return typeof given === "number";
    default:
      return !OTHERS.has(keyword);
  }
}

/** Whether a value holds to a schema that is known. */
function holds(schema: Json, value: Json): boolean {
  if (!isObject(schema)) return schema === true;
  return keys(schema).every((keyword) => obeys(value, keyword, schema[keyword]!, schema));
}

function obeys(value: Json, keyword: string, asked: Json, schema: JsonObject): boolean {
  switch (keyword) {
    case "type":
      return typesOf(asked).some((type) => TYPES[String(type)]!(plainJson(value)));
    case "properties":
      return (
        !isObject(value) || keys(value).every((name) => holds(get(asked as JsonObject, name) ?? true, value[name]!))
      );
    case "additionalProperties":
      return !isObject(value) || keys(value).every((name) => isStated(schema, name) || holds(asked, value[name]!));
    case "required":
      return !isObject(value) || listed(asked).every((name) => has(value, String(name)));
    case "items":
      return !isList(value) || value.every((item) => holds(asked, item));
    case "allOf":
      return listed(asked).every((each) => holds(each, value));
    case "anyOf":
      return listed(asked).some((each) => holds(each, value));
    case "oneOf":
      return listed(asked).filter((each) => holds(each, value)).length === 1;
    case "enum":
      return listed(asked).some((each) => plainJson(each) === plainJson(value));
    case "const":
      return plainJson(asked) === plainJson(value);
    case "pattern":
      return typeof value !== "string" || searchPattern(String(asked)).test(value);
    default:
      return isWithin(value, keyword, Number(asked));
  }
}

function isWithin(value: Json, keyword: string, limit: number): boolean {
  const plain = plainJson(value);
  switch (keyword) {
    case "minimum":
      return typeof plain !== "number" || plain >= limit;
    case "maximum":
      return typeof plain !== "number" || plain <= limit;
    case "minLength":
      return typeof plain !== "string" || Array.from(plain).length >= limit;
    case "maxLength":
      return typeof plain !== "string" || Array.from(plain).length <= limit;
    case "minItems":
      return !isList(value) || value.length >= limit;
    case "maxItems":
      return !isList(value) || value.length <= limit;
    default:
      return true; // such as a title
  }
}

const listed = (asked: Json): readonly Json[] => asked as readonly Json[]; // where it is known, it is a list
const typesOf = (given: Json): readonly Json[] => (isList(given) && given.length > 0 ? given : [given]);
const isScalar = (value: Json): boolean => value === null || typeof plainJson(value) !== "object";

function isStated(schema: JsonObject, name: string): boolean {
  const properties = get(schema, "properties");
  return properties !== undefined && isObject(properties) && has(properties, name);
}
