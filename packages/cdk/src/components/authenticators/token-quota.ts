import { component, type Component } from "../../component.ts";

/** Calls that each token has for some of the requests. */
export const tokenQuota: Component<"piece"> = component({
  kind: "piece",
  type: "TokenQuota",
  description: "One of the API's quotas, and the requests that it counts.",
  schema: (slot, z) => {
    const path = (described: string) => z.array(z.string()).describe(described);
    const header = (described: string) => z.string().optional().describe(described);
    return z.object({
      name: z.string().describe("What it is called."),
      remaining_path: path("Where the quota status says how many calls are left."),
      reset_path: path("Where it says when there will be new ones."),
      limit_path: z.array(z.string()).optional().describe("Where it says how many there are in all."),
      matchers: z
        .array(slot("piece", ["HttpRequestRegexMatcher"]))
        .optional()
        .describe("The requests that it is for; those that no other is for when left out."),
      remaining_header: header("The header of answers that says how many calls are left."),
      reset_header: header("The header of answers that says when there will be new ones."),
      limit_header: header("The header of answers that says how many there are in all."),
      exhaustion_status_codes: z
        .array(z.int())
        .optional()
        .describe("Statuses of answers that say that no call is left."),
    });
  },
  create: (_, scope) => scope.self,
});
