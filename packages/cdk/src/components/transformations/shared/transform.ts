import type { Context } from "../../../interpolation/template.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import type { Transformation } from "../../../roles.ts";

/** A context of which only the record changes: one serves a whole page. */
export type RecordContext = Context & { record: Json };

/** The record after all transformations, each of which sees it as the one before left it. */
export function transform(
  record: JsonObject,
  transformations: readonly Transformation[],
  context: RecordContext,
): JsonObject {
  let current = record;
  for (const transformation of transformations) {
    context.record = current;
    current = transformation(current, context) ?? current;
  }
  return current;
}
