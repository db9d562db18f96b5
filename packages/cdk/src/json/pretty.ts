import { printJson } from "./print.ts";
import { entries, isList, isObject, type Json } from "./value.ts";

/** JSON text over lines, every number exact, keys in their order. */
export function prettyJson(value: Json, indent = ""): string {
  const inner = `${indent}  `;
  if (isList(value) && value.length > 0) {
    const items = value.map((item) => `${inner}${prettyJson(item, inner)}`);
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (!isObject(value)) return printJson(value);
  const members = entries(value).map(([key, member]) => `${inner}${printJson(key)}: ${prettyJson(member, inner)}`);
  return members.length === 0 ? "{}" : `{\n${members.join(",\n")}\n${indent}}`;
}
