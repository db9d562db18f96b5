import { get, isObject, type Json, type JsonObject } from "ferry-cdk";
import type { CsvType } from "ferry-cdk/files";

const PROPERTIES: Readonly<Record<CsvType, JsonObject>> = {
  string: { type: ["null", "string"] },
  integer: { type: ["null", "integer"] },
  number: { type: ["null", "number"] },
  boolean: { type: ["null", "boolean"] },
  date: { type: ["null", "string"], format: "date" },
  "local-date-time": {
    type: ["null", "string"],
    format: "date-time",
    airbyte_type: "timestamp_without_timezone",
  },
  "date-time": { type: ["null", "string"], format: "date-time", airbyte_type: "timestamp_with_timezone" },
};

export const propertyOf = (type: CsvType): JsonObject => PROPERTIES[type];

/** How the values of a column are read that a schema has; text where it says nothing that CSV knows. */
export function typeOfProperty(property: Json): CsvType {
  const type = isObject(property) ? get(property, "type") : undefined;
  const types = Array.isArray(type) ? (type as readonly Json[]) : [type];
  if (types.includes("string") && isObject(property)) {
    const format = get(property, "format");
    if (format === "date") return "date";
    if (format !== "date-time") return "string";
    return get(property, "airbyte_type") === "timestamp_without_timezone" ? "local-date-time" : "date-time";
  }
  const others: readonly CsvType[] = ["number", "integer", "boolean"];
  return others.find((other) => types.includes(other)) ?? "string";
}
