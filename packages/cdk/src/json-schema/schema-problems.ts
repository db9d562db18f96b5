import { Ajv2019 } from "ajv/dist/2019.js";
import type { Json, JsonObject } from "../json/value.ts";
import { describeProblems } from "./describe-problems.ts";
import { plainJson, plainSchema, searchPattern } from "./plain-schema.ts";

/**
 * What of a value does not hold to a JSON Schema of any draft: all at once, each with its JSON pointer, its value (but no
 * `airbyte_secret`) and what would be right; empty where it holds. Formats are not checked, as in the reference. To be
 * imported when needed: it brings a large library along.
 * @throws an error where the schema is none
 */
export const schemaProblems = (schema: JsonObject, value: Json): string[] => createSchemaCheck(schema)(value);

/** The same for many values of one schema. */
export function createSchemaCheck(schema: JsonObject): (value: Json) => string[] {
  const ajv = new Ajv2019({
    allErrors: true,
    code: { regExp: searchPattern },
    logger: false,
    ownProperties: true,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    verbose: true,
  });
  const validate = ajv.compile(plainSchema(schema));
  return (value) => (validate(plainJson(value)) ? [] : describeProblems(validate.errors ?? []));
}
