import { component, type Component } from "../../component.ts";
import { uniqueItems } from "../shared/unique-items.ts";

/** What tells how many calls a token has left. */
export const quotaStatusSource: Component<"piece"> = component({
  kind: "piece",
  type: "QuotaStatusSource",
  description: "A request that tells how much of each quota a token has left.",
  schema: (_, z) =>
    z.object({
      url: z.string().describe("The URL to ask. May see: config."),
      http_method: z.enum(["GET", "POST"]).default("GET").describe("The method of the request."),
      request_headers: z
        .record(z.string(), z.string())
        .optional()
        .describe("Headers of the request. Values may see: config."),
      unavailable_status_codes: z
        .array(z.int())
        .superRefine(uniqueItems)
        .meta({ uniqueItems: true })
        .optional()
        .describe("Statuses that say that nobody counts the token's calls: then it is used without counting."),
    }),
  create: (_, scope) => scope.self,
});
