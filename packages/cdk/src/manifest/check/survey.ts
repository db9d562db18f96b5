import type { z } from "zod";
import type { Language } from "../language.ts";
import { entries, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import type { SchemaParts } from "../plain-schema.ts";
import type { Path } from "./problem.ts";

/** A mapping that the language knows, with the fields that it may have; undefined where it may have any. */
export interface KnownMapping {
  readonly value: JsonObject;
  readonly fields: readonly string[] | undefined;
  readonly path: Path;
}

/** A text, with what the language says about the field that it stands in. */
export interface KnownText {
  readonly value: string;
  readonly description: string;
  readonly path: Path;
}

export interface Survey {
  readonly mappings: readonly KnownMapping[];
  /** Those whose description names what templates see. */
  readonly texts: readonly KnownText[];
}

type Schema = z.core.$ZodType;

/** Goes through a manifest along the schema of its language. Where the manifest is wrong it goes no further. */
export function survey(language: Language, manifest: Json): Survey {
  const mappings: KnownMapping[] = [];
  const texts: KnownText[] = [];
  visit(language.schemaOf("DeclarativeSource"), manifest, "", []);
  return { mappings, texts };

  function visit(given: Schema, value: Json, above: string, path: Path): void {
    const description = describe(given) ?? above;
    if (typeof value === "string") {
      if (description.includes("May see")) texts.push({ value, description, path });
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const schema = choose(given, value);
    if (schema === undefined) return;
    const def = definitionOf(schema);
    const { shape, valueType, element } = def;
    if (isFree(def)) {
      // A description that names what templates see is the only one that speaks of what stands further down.
      if (description.includes("May see")) visitFree(value, description, path);
    } else if (isObject(value)) {
      if (shape !== undefined) visitObject(value, shape, path);
      if (valueType !== undefined) {
        for (const [key, member] of entries(value)) visit(valueType, member, description, [...path, key]);
      }
    } else if (isList(value) && element !== undefined) {
      for (const [index, item] of value.entries()) visit(element, item, description, [...path, index]);
    }
  }

  /** What stands in a value of any form is of the same description. */
  function visitFree(value: Json, description: string, path: Path): void {
    if (typeof value === "string") texts.push({ value, description, path });
    const members = isObject(value) ? entries(value) : isList(value) ? [...value.entries()] : [];
    for (const [key, member] of members) visitFree(member, description, [...path, key]);
  }

  function visitObject(value: JsonObject, general: Readonly<Record<string, Schema>>, path: Path): void {
    const shape = "class_name" in general ? ownShape(value) : general;
    mappings.push({ value, fields: shape && Object.keys(shape), path });
    if (shape === undefined) return;
    for (const key of keys(value)) {
      if (key === "type" || key === "$parameters") continue;
      const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (field !== undefined) visit(field, value[key]!, "", [...path, key]);
    }
  }

  /** The fields of the class that is named, where the connector has it. */
  function ownShape(value: JsonObject): Readonly<Record<string, Schema>> | undefined {
    const component = language.classOf(value);
    return component && language.ownSchema(component).shape;
  }
}

type Definition = SchemaParts<Schema>;

const definitionOf = (schema: Schema): Definition => schema._zod.def;

/** The plain schema that fits this value best, wrappers and unions left behind. */
function choose(schema: Schema, value: Json): Schema | undefined {
  const def = definitionOf(schema);
  if (def.type === "lazy") return def.getter && choose(def.getter(), value);
  if (def.innerType !== undefined) return choose(def.innerType, value);
  if (def.type !== "union") return fits(def, value) ? schema : undefined;
  let loose: Schema | undefined;
  for (const option of def.options ?? []) {
    const chosen = choose(option, value);
    if (chosen === undefined) continue;
    if (!isObject(value) || typeOf(chosen) !== undefined) return chosen;
    loose ??= chosen;
  }
  return loose;
}

function fits(def: Definition, value: Json): boolean {
  if (def.type === "object") {
    if (!isObject(value)) return false;
    const type = literalOf(def.shape?.["type"]);
    const stated = value["type"];
    return type === undefined || stated === type || (stated === undefined && isOptional(def.shape?.["type"]));
  }
  if (def.type === "record") return isObject(value);
  if (def.type === "array") return isList(value) && fitsItems(def.element, value);
  if (def.type === "string") return typeof value === "string";
  return !SCALARS.has(def.type) || (!isObject(value) && !isList(value));
}

const SCALARS: ReadonlySet<string> = new Set(["number", "bigint", "boolean", "null", "literal", "enum"]);

/** Whether anything may stand here. */
function isFree(def: Definition): boolean {
  return (
    def.type === "any" || def.type === "unknown" || (def.shape !== undefined && Object.keys(def.shape).length === 0)
  );
}

function fitsItems(element: Schema | undefined, items: readonly Json[]): boolean {
  const [first] = items;
  return element === undefined || first === undefined || choose(element, first) !== undefined;
}

const typeOf = (schema: Schema): unknown => literalOf(definitionOf(schema).shape?.["type"]);

function literalOf(schema: Schema | undefined): unknown {
  const def = schema && definitionOf(schema);
  return def?.type === "literal" ? def.values?.[0] : def?.innerType && literalOf(def.innerType);
}

const isOptional = (schema: Schema | undefined): boolean =>
  schema !== undefined && definitionOf(schema).type === "optional";

/** What the field's schema, or what it wraps, is described as. */
function describe(schema: Schema): string | undefined {
  const { description } = schema as { readonly description?: string }; // every classic zod schema has it
  if (description !== undefined) return description;
  const { innerType } = definitionOf(schema);
  return innerType && describe(innerType);
}
