import { fromEntries, type JsonObject } from "ferry-cdk";

/** Bytes at the start of a file, once unpacked, that its schema is inferred from. */
export const SAMPLE: number = 4 * 1024 * 1024;

export const objectSchema = (properties: Iterable<readonly [string, JsonObject]>): JsonObject => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  additionalProperties: true,
  properties: fromEntries(properties),
});
