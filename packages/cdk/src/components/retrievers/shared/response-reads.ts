import { compileTemplate } from "../../../interpolation/template.ts";
import { get, isObject, type Json, type JsonObject } from "../../../json/value.ts";

/**
 * Whether some template of the stream looks at the records through `response`. If none does, rows may stay bytes: then
 * `response` holds the body without them.
 */
export function rowsAreReadThroughResponse(selector: JsonObject, others: readonly JsonObject[]): boolean {
  const extractor = get(selector, "extractor");
  const path = isObject(extractor) ? get(extractor, "field_path") : undefined;
  if (!Array.isArray(path) || !path.every((part) => typeof part === "string" && !part.includes("{{"))) return true;
  return others.some((spec) => texts(spec).some((text) => mayReadRows(text, path as readonly string[])));
}

function mayReadRows(text: string, path: readonly string[]): boolean {
  return compileTemplate(text).reads.some(
    ([name, ...rest]) => name === "response" && path.slice(0, rest.length).every((part, index) => rest[index] === part),
  );
}

function texts(value: Json): string[] {
  if (typeof value === "string") return value.includes("response") ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}
