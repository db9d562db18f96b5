import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";
import { generatedBy, typeNames } from "./type-names.ts";
import type { TypedStream } from "./write-types.ts";

/** Zod schemas (of zod 4) of all streams' records. Fields that a schema does not know are kept. */
export function printZod(streams: readonly TypedStream[], connector: string): string {
  const names = typeNames(streams.map(({ name }) => name));
  const parts = streams.map(({ name, schema }) => {
    const type = names.get(name)!;
    return `export const ${type} = ${zodOf(schema, "")};\nexport type ${type} = z.infer<typeof ${type}>;\n`;
  });
  const map = streams.map(({ name }) => `  ${JSON.stringify(name)}: ${names.get(name)!},\n`).join("");
  const head = `${generatedBy(connector)}import { z } from "zod";\n`;
  return `${head}\n${parts.join("\n")}\n/** Each stream's schema. */\nexport const streams = {\n${map}};\n`;
}

function zodOf(schema: Json | undefined, indent: string): string {
  if (schema === undefined || !isObject(schema)) return schema === false ? "z.never()" : "z.unknown()";
  const alternatives = get(schema, "oneOf") ?? get(schema, "anyOf");
  if (get(schema, "type") === undefined && alternatives !== undefined && isList(alternatives)) {
    return unionOf(alternatives.map((each) => zodOf(each, indent)));
  }
  const stated = [get(schema, "type") ?? []].flat().map(String);
  const types = stated.filter((type) => type !== "null");
  const values = get(schema, "enum");
  const nullable = stated.includes("null");
  if (values !== undefined && isList(values))
    return withNull(enumOf(values.filter((value) => value !== null)), nullable || values.includes(null));
  if (types.length === 0) return nullable ? "z.null()" : "z.unknown()";
  return withNull(unionOf(types.map((type) => typeOf(type, schema, indent))), nullable);
}

function typeOf(type: string, schema: JsonObject, indent: string): string {
  switch (type) {
    case "string":
      return "z.string()"; // APIs keep formats less strictly than zod does
    case "integer":
      return "z.number().int()";
    case "number":
      return "z.number()";
    case "boolean":
      return "z.boolean()";
    case "array":
      return `z.array(${zodOf(get(schema, "items"), indent)})`;
    case "object":
      return objectOf(schema, indent);
    default:
      return "z.unknown()";
  }
}

function objectOf(schema: JsonObject, indent: string): string {
  const known = get(schema, "properties");
  const properties = known !== undefined && isObject(known) ? entries(known) : [];
  const stated = get(schema, "required");
  const required = new Set(stated !== undefined && isList(stated) ? stated : []);
  const others = get(schema, "additionalProperties");
  if (properties.length === 0)
    return `z.record(z.string(), ${others !== undefined && isObject(others) ? zodOf(others, indent) : "z.unknown()"})`;
  const deeper = `${indent}  `;
  const lines = properties.map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : JSON.stringify(name);
    return `${deeper}${key === '"__proto__"' ? `[${key}]` : key}: ${zodOf(member, deeper)}${required.has(name) ? "" : ".optional()"},\n`;
  });
  return `${others === false ? "z.strictObject" : "z.looseObject"}({\n${lines.join("")}${indent}})`;
}

function enumOf(values: readonly Json[]): string {
  if (values.length > 1 && values.every((value) => typeof value === "string"))
    return `z.enum(${JSON.stringify(values)})`;
  const literals = values.filter((value) => ["string", "number", "boolean"].includes(typeof value));
  return unionOf(literals.map((value) => `z.literal(${JSON.stringify(value)})`));
}

function unionOf(kinds: readonly string[]): string {
  const different = [...new Set(kinds)];
  if (different.length === 0) return "z.unknown()";
  return different.length === 1 ? different[0]! : `z.union([${different.join(", ")}])`;
}

const withNull = (kind: string, nullable: boolean): string => (nullable ? `${kind}.nullable()` : kind);
