import { component, type Component } from "../../component.ts";
import type { PropertyChunking } from "../../roles.ts";
import { ref } from "../shared/refs.ts";

/** What separates two properties in a request, encoded. */
const separator = 3;

export const propertyChunking: Component<"propertyChunking"> = component({
  kind: "propertyChunking",
  type: "PropertyChunking",
  description: "Splits a long list of properties over several requests.",
  schema: (slot, z) =>
    z.object({
      property_limit_type: z.enum(["characters", "property_count"]).describe("What the limit counts."),
      property_limit: z.int().optional().describe("The most in one request; all in one when left out."),
      record_merge_strategy: slot("recordMergeStrategy")
        .nullable()
        .optional()
        .describe("How the parts of a record are told; by `id`."),
    }),
  create({ property_limit_type, property_limit, record_merge_strategy }, scope): PropertyChunking {
    const size = (property: string): number =>
      property_limit_type === "characters" ? Array.from(property).length + separator : 1;
    return {
      mergeKey: scope.build(
        record_merge_strategy ?? ref("recordMergeStrategy", { type: "GroupByKeyMergeStrategy", key: "id" }),
      ),
      chunks(properties, always, selected) {
        if (!property_limit) return [[...properties, ...always]];
        const chunks: string[][] = [];
        let chunk = [...always];
        let used = 0;
        for (const property of properties) {
          if (selected !== undefined && !selected.has(property)) continue;
          if (used + size(property) > property_limit) {
            chunks.push(chunk);
            chunk = [...always];
            used = 0;
          }
          chunk.push(property);
          used += size(property);
        }
        return [...chunks, chunk];
      },
    };
  },
});
