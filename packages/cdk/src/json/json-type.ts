import { Float, isList, type Json } from "./value.ts";

type JsonType = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

/** A value's type by its name in JSON Schema; `1.0` is no integer. */
export function jsonType(value: Json): JsonType {
  if (value === null) return "null";
  if (isList(value)) return "array";
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (value instanceof Float) return "number";
  return typeof value as "boolean" | "object" | "string";
}
