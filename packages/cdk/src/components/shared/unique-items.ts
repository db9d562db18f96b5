import type { z } from "zod";

/** Says where an item of a list stands a second time: what is a set in the reference. */
export function uniqueItems(items: readonly (string | number)[], context: z.core.$RefinementCtx): void {
  for (const [index, item] of items.entries()) {
    if (items.indexOf(item) === index) continue;
    context.addIssue({ code: "custom", path: [index], message: `${item} is in the list already`, input: items });
  }
}
