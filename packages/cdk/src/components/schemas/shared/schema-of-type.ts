import { systemError } from "../../../errors.ts";
import { printJson } from "../../../json/print.ts";
import { truthy } from "../../../json/truthy.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../../json/value.ts";

/** Airbyte's types, and what each is in JSON Schema. */
const TYPES: Readonly<Record<string, JsonObject>> = {
  string: { type: ["null", "string"] },
  boolean: { type: ["null", "boolean"] },
  date: { type: ["null", "string"], format: "date" },
  timestamp_without_timezone: {
    type: ["null", "string"],
    format: "date-time",
    airbyte_type: "timestamp_without_timezone",
  },
  timestamp_with_timezone: { type: ["null", "string"], format: "date-time" },
  time_without_timezone: { type: ["null", "string"], format: "time", airbyte_type: "time_without_timezone" },
  time_with_timezone: { type: ["null", "string"], format: "time", airbyte_type: "time_with_timezone" },
  integer: { type: ["null", "integer"] },
  number: { type: ["null", "number"] },
  array: { type: ["null", "array"] },
  object: { type: ["null", "object"] },
};

/** The JSON Schema of a type's name, or of a pair of names. @throws a system error where it is no type of Airbyte's */
export function schemaOfType(type: Json): JsonObject {
  if (typeof type === "string") return named(type);
  if (isList(type)) {
    const [first, second] = type;
    if (type.length === 2 && typeof first === "string" && typeof second === "string") {
      return { oneOf: [named(first), named(second)] };
    }
  }
  throw systemError(
    `The schema's source gives a property the type ${printJson(type)}. A type is a name or a pair of names: map it with types_mapping.`,
  );
}

/** The JSON Schema of a `ComplexFieldType`, or of what it may hold. */
export function schemaOfComplexType(type: Json): JsonObject {
  if (!isObject(type)) return schemaOfType(type);
  const items = get(type, "items") ?? null;
  const schema = schemaOfType(get(type, "field_type") ?? null);
  return truthy(items) ? { ...schema, items: schemaOfComplexType(items) } : schema;
}

/** @throws a system error where a `ComplexFieldType` has items though it is no list */
export function assertItemsOfArray(type: Json): void {
  if (!isObject(type)) return;
  const name = get(type, "field_type") ?? null;
  const items = get(type, "items") ?? null;
  if (truthy(items) && name !== "array") {
    throw systemError(`A ComplexFieldType of ${printJson(name)} has \`items\`: only one of "array" may.`);
  }
  assertItemsOfArray(items);
}

function named(name: string): JsonObject {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type !== undefined) return { ...type };
  throw systemError(
    `The schema's source names the type "${name}", which is none of Airbyte's: ${Object.keys(TYPES).join(", ")}. Map it with types_mapping.`,
  );
}
