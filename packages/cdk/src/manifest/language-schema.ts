import type { z } from "zod";
import type { Language } from "./language.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON Schema of manifests as they are written: in place of any component may stand a reference to one, and a
 * mapping with a `$ref` need not state what that brings along.
 */
export function languageSchema(language: Language, zod: typeof z): Schema {
  const { $defs = {}, ...root } = zod.toJSONSchema(language.schemaOf("DeclarativeSource"), {
    io: "input",
    unrepresentable: "any",
    reused: "inline",
  });
  const isComponent = (name: string): boolean => language.components.has(name);
  const definitions = Object.fromEntries(
    Object.entries($defs).map(([name, schema]) => [name, isComponent(name) ? referable(schema) : schema]),
  );
  return { ...root, title: "Manifest of a declarative source", $defs: definitions };
}

function referable(schema: Schema): Schema {
  const { required, ...rest } = schema;
  return {
    anyOf: [
      { type: "string", pattern: "^#/" },
      {
        ...rest,
        properties: { $ref: { type: "string", pattern: "^#/" }, ...rest.properties },
        if: { required: ["$ref"] },
        then: {},
        else: required === undefined ? {} : { required },
      },
    ],
  };
}
