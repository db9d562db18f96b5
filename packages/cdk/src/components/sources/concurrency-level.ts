import { component, type Component } from "../../component.ts";
import { configError } from "../../errors.ts";

export const concurrencyLevel: Component<"concurrencyLevel"> = component({
  kind: "concurrencyLevel",
  type: "ConcurrencyLevel",
  description: "How many slices are read at the same time.",
  schema: (_, z) =>
    z.object({
      default_concurrency: z
        .union([z.int(), z.string()])
        .describe("How many slices are read at once, of all streams together. May see: config, parameters."),
      max_concurrency: z.int().optional().describe("The most that a template of default_concurrency may come to."),
    }),
  create({ default_concurrency, max_concurrency }, scope): number {
    if (typeof default_concurrency === "number") return default_concurrency;
    if (default_concurrency.includes("config") && !max_concurrency) {
      throw configError(
        "concurrency_level: default_concurrency looks at the config, so max_concurrency must bound it.",
      );
    }
    const level = scope.template(default_concurrency)({});
    if (typeof level !== "number" || !Number.isInteger(level)) {
      throw configError(
        `concurrency_level: default_concurrency ${JSON.stringify(default_concurrency)} comes to ${String(level)}, which is no integer.`,
      );
    }
    return max_concurrency ? Math.min(level, max_concurrency) : level;
  },
});
