import { component, type Component } from "../../component.ts";

/** So many calls in any time of such a length. */
export const rate: Component<"piece"> = component({
  kind: "piece",
  type: "Rate",
  description: "So many requests in so much time.",
  schema: (_, z) =>
    z.object({
      limit: z.union([z.int(), z.string()]).describe("How many calls are allowed. May see: config."),
      interval: z.string().describe("In which time, as an ISO 8601 duration such as PT1H."),
    }),
  create: (_, scope) => scope.self,
});
