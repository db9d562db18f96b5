import type { JsonObject } from "ferry-cdk";

/** A text of the config. */
export const text = (title: string, description: string, more: JsonObject = {}): JsonObject => ({
  type: "string",
  title,
  description,
  ...more,
});

/** A text that is never shown. */
export const secret = (title: string, description: string): JsonObject =>
  text(title, description, { airbyte_secret: true });

/** An object that is told from its siblings by its `type`. */
export const alternative = (
  type: string,
  title: string,
  properties: JsonObject = {},
  required: readonly string[] = [],
): JsonObject => ({
  title,
  type: "object",
  required: ["type", ...required],
  properties: { type: { type: "string", const: type }, ...properties },
  additionalProperties: false,
});

/** Names with values that may be templates. */
export const mapping = (title: string, description: string): JsonObject => ({
  type: "object",
  title,
  description: `${description} Values may be templates that see \`config\`.`,
  additionalProperties: { type: ["string", "number", "boolean"] },
});

/** Keys that lead to a place in an answer, or names. */
export const names = (title: string, description: string, more: JsonObject = {}): JsonObject => ({
  type: "array",
  title,
  description,
  items: { type: "string", minLength: 1 },
  ...more,
});
