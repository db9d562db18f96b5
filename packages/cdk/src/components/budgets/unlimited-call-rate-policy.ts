import { component, type Component } from "../../component.ts";
import type { CallRatePolicy } from "../../roles.ts";
import { createMatching } from "./shared/matching.ts";

export const unlimitedCallRatePolicy: Component<"callRatePolicy"> = component({
  kind: "callRatePolicy",
  type: "UnlimitedCallRatePolicy",
  description: "Requests that no limit counts.",
  schema: (slot, z) =>
    z.object({
      matchers: z
        .array(slot("piece", ["HttpRequestRegexMatcher"]))
        .describe("The requests it is for: one of these takes them; all when empty."),
    }),
  create(spec, scope): CallRatePolicy {
    const weigh = createMatching(spec.matchers, scope);
    return {
      matches: (request) => weigh(request) !== undefined,
      acquire: () => Promise.resolve(),
      update: () => undefined,
    };
  },
});
