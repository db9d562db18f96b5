import { component, type Component } from "../../component.ts";
import type { HttpResponse } from "../../http/types.ts";
import type { ApiBudget } from "../../roles.ts";

const RESET = "ratelimit-reset";
const REMAINING = "ratelimit-remaining";
const REFUSED = [429];

export const httpApiBudget: Component<"apiBudget"> = component({
  kind: "apiBudget",
  type: "HTTPAPIBudget",
  description: "How often the API may be called: requests wait, rather than being refused.",
  schema: (slot, z) =>
    z.object({
      policies: z
        .array(slot("callRatePolicy"))
        .describe("How many calls are allowed; the first that is for a request holds."),
      ratelimit_reset_header: z
        .string()
        .default(RESET)
        .describe("The header that says when the budget is full again, in seconds since 1970."),
      ratelimit_remaining_header: z
        .string()
        .default(REMAINING)
        .describe("The header that says how many calls are left."),
      status_codes_for_ratelimit_hit: z
        .array(z.int())
        .default(REFUSED)
        .describe("Statuses that say that no call is left."),
    }),
  create(spec, scope): ApiBudget {
    const policies = spec.policies.map((policy) => scope.build(policy));
    const resetHeader = spec.ratelimit_reset_header || RESET;
    const remainingHeader = spec.ratelimit_remaining_header || REMAINING;
    const refused = new Set(
      spec.status_codes_for_ratelimit_hit.length > 0 ? spec.status_codes_for_ratelimit_hit : REFUSED,
    );

    const left = (response: HttpResponse): number | undefined =>
      integerIn(response, remainingHeader) ?? (refused.has(response.status) ? 0 : undefined);
    return {
      async acquire(request, signal) {
        await policies.find((policy) => policy.matches(request))?.acquire(request, signal);
      },
      observe(request, response) {
        policies.find((policy) => policy.matches(request))?.update(left(response), integerIn(response, resetHeader));
      },
    };
  },
});

/** What is no integer tells nothing; the reference fails on it. */
function integerIn(response: HttpResponse, header: string): number | undefined {
  const value = response.headers.get(header)?.trim();
  return value !== undefined && /^[-+]?\d+$/.test(value) ? Number(value) : undefined;
}
