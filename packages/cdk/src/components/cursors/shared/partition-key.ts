import { parseJson } from "../../../json/parse.ts";
import { printPython } from "../../../json/print.ts";
import { isObject, type JsonObject } from "../../../json/value.ts";

/** One text for equal partitions, whatever the order of their keys. */
export function partitionKey(partition: JsonObject): string {
  return printPython(partition, { sortKeys: true, separators: [",", ":"] });
}

/** The partition as states list it: its keys, nested ones too, in order. */
export function partitionOf(key: string): JsonObject {
  const partition = parseJson(key);
  return isObject(partition) ? partition : {};
}
