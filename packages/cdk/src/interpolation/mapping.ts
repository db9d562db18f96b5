import { entries, set, type Json, type JsonObject } from "../json/value.ts";
import { compileTemplate, type Context, type Evaluation, type LiteralType, type TemplateOptions } from "./template.ts";
import { str } from "./value/text.ts";

export interface MappingOptions extends Omit<TemplateOptions, "default" | "validTypes"> {
  /** The types that literals in keys may have; text alone when left out. */
  readonly keyTypes?: readonly LiteralType[];
  /** The types that literals in values may have; any when left out. */
  readonly valueTypes?: readonly LiteralType[];
}

const TEXT: readonly LiteralType[] = ["str"];

/** A mapping whose keys are templates, and its values where they are text. A value that comes to nothing is null. */
export function compileMapping(mapping: JsonObject, options: MappingOptions = {}): Evaluation<JsonObject> {
  const { keyTypes = TEXT, valueTypes, ...shared } = options;
  const members = entries(mapping).map(([key, value]) => ({
    key: compileTemplate(key, { ...shared, validTypes: keyTypes }),
    value: typeof value === "string" ? compileTemplate(value, { ...shared, validTypes: valueTypes }) : undefined,
    constant: value,
  }));
  const evaluate = (context: Context): JsonObject => {
    const result: JsonObject = {};
    for (const { key, value, constant } of members) {
      set(result, keyOf(key(context)), value === undefined ? constant : value(context));
    }
    return result;
  };
  const templates = members.flatMap(({ key, value }) => (value === undefined ? [key] : [key, value]));
  return Object.assign(evaluate, {
    reads: templates.flatMap(({ reads }) => reads),
    error: templates.find(({ error }) => error !== undefined)?.error,
  });
}

function keyOf(key: Json): string {
  return str(key);
}
