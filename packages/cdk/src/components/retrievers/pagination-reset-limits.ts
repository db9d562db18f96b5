import { component, type Component } from "../../component.ts";

export const paginationResetLimits: Component<"piece"> = component({
  kind: "piece",
  type: "PaginationResetLimits",
  description: "After how much reading pages start again at the first.",
  schema: (_, z) =>
    z.object({ number_of_records: z.int().optional().describe("After how many records the pagination starts again.") }),
  create: (_, scope) => scope.self,
});
