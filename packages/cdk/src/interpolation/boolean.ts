import { Float, keys, type Json } from "../json/value.ts";
import { compileTemplate, type Context, type Evaluation, type TemplateOptions } from "./template.ts";
import { isJsonObject, isList } from "./value/kind.ts";

const FALSE_TEXTS: ReadonlySet<Json> = new Set(["False", "false", "{}", "[]", "()", "", "0", "0.0"]);

/** A condition: true when its template comes to anything but nothing, zero, false, or a text that says so. */
export function compileBoolean(
  condition: string | boolean,
  options: Omit<TemplateOptions, "default" | "validTypes"> = {},
): Evaluation<boolean> {
  if (typeof condition === "boolean") return Object.assign(() => condition, { reads: [], error: undefined });
  const template = compileTemplate(condition, { ...options, default: "False" });
  const { reads, error } = template;
  return Object.assign((context: Context): boolean => !isFalse(template(context)), { reads, error });
}

function isFalse(value: Json): boolean {
  if (typeof value === "string") return FALSE_TEXTS.has(value);
  if (value === null || value === false || value === 0) return true;
  if (typeof value !== "object") return false;
  if (value instanceof Float) return value.value === 0;
  return isList(value) ? value.length === 0 : isJsonObject(value) && keys(value).length === 0;
}
