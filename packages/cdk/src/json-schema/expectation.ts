import type { ErrorObject } from "ajv";

export type Schema = Readonly<Record<string, unknown>>;

/** What would be right in place of a wrong value, as the end of a sentence. */
export function expectation({ keyword, params, message }: ErrorObject, schema: Schema): string {
  const limit = String(params["limit"]);
  switch (keyword) {
    case "type":
    case "enum":
    case "const":
      return `must be ${kindOf(schema)}`;
    case "pattern":
      return `must match the pattern ${String(schema["pattern_descriptor"] ?? schema["pattern"])}${example(schema)}`;
    case "format":
      return `must have the format ${String(params["format"])}${example(schema)}`;
    case "minimum":
      return `must be ${limit} or more`;
    case "maximum":
      return `must be ${limit} or less`;
    case "exclusiveMinimum":
      return `must be more than ${limit}`;
    case "exclusiveMaximum":
      return `must be less than ${limit}`;
    case "multipleOf":
      return `must be a multiple of ${String(params["multipleOf"])}`;
    case "minLength":
      return `must have ${limit} characters or more`;
    case "maxLength":
      return `must have ${limit} characters or less`;
    case "minItems":
      return `must have ${limit} items or more`;
    case "maxItems":
      return `must have ${limit} items or less`;
    case "uniqueItems":
      return "must not have the same item twice";
    default:
      return message ?? `must obey "${keyword}"`;
  }
}

/** The values that a schema takes: `a text such as 2020-01-01`. */
export function kindOf(schema: Schema): string {
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const values: unknown = schema["enum"];
  if (Array.isArray(values)) return `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  const types = [schema["type"]].flat().filter((type) => typeof type === "string");
  const names = types.map((type) => typeNames[type] ?? type);
  return `${names.length === 0 ? "given" : names.join(" or ")}${example(schema)}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "an integer",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

/** How an alternative is called: its title, else what its constants are. */
export function titleOf(alternative: unknown): string {
  if (typeof alternative !== "object" || alternative === null) return String(alternative);
  const schema = alternative as Schema; // an object that is not null
  if (typeof schema["title"] === "string") return schema["title"];
  return kindOf(schema);
}

function example(schema: Schema): string {
  const examples: unknown = schema["examples"];
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return first === undefined || schema["airbyte_secret"] === true ? "" : ` such as ${JSON.stringify(first)}`;
}
