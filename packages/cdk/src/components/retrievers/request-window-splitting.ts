import { component, type Component } from "../../component.ts";
import type { WindowSplitting } from "../../roles.ts";

export const requestWindowSplitting: Component<"windowSplitting"> = component({
  kind: "windowSplitting",
  type: "RequestWindowSplitting",
  description: "Halves the window of time of a request that the API says asks for too much.",
  schema: (_, z) =>
    z.object({
      failure_message: z.string().optional().describe("What to tell the user when splitting does not help."),
      min_split_window: z.string().optional().describe("The narrowest window, an ISO 8601 duration."),
    }),
  create: ({ failure_message, min_split_window }): WindowSplitting => ({
    minimum: min_split_window,
    failureMessage: failure_message,
  }),
});
