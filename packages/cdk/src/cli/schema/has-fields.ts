import { get, isObject, keys, type JsonObject } from "../../json/value.ts";

/** Whether a schema says of any field what it is. */
export function hasFields(schema: JsonObject): boolean {
  const properties = get(schema, "properties");
  return properties !== undefined && isObject(properties) && keys(properties).length > 0;
}
