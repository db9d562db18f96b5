import { entries, fromEntries, isObject, type Json, type JsonObject } from "ferry-cdk";

/** Whether a text has something to evaluate in it. */
export const isTemplate = (text: string): boolean => /\{[{%#]/.test(text);

/** A mapping of the config as the manifest takes it: its values texts, each sent as it is written. */
export function asTexts(mapping: JsonObject): JsonObject {
  return fromEntries(entries(mapping).map(([name, value]) => [name, exactly(String(value))]));
}

/** A body of the config as the manifest takes it. */
export function asBody(value: Json): Json {
  if (typeof value === "string") return exactly(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(asBody);
  if (isObject(value)) return fromEntries(entries(value).map(([name, member]) => [name, asBody(member)]));
  return value;
}

/**
 * The text, such that it comes out of the runtime as it is: there, a text that reads like a literal of Python (`5`, `1e3`,
 * `None`) becomes that value, and one in quotes the text between them.
 */
function exactly(text: string): string {
  return isTemplate(text) || !/^[\s\d.+\-([{'"TFN]/.test(text) ? text : JSON.stringify(text);
}

/** A text within a template. */
export const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
