import { component, type Component } from "../../component.ts";

/** Which requests a policy is for: those that have all that is stated. */
export const httpRequestRegexMatcher: Component<"piece"> = component({
  kind: "piece",
  type: "HttpRequestRegexMatcher",
  description: "Which requests count for a limit.",
  schema: (_, z) =>
    z.object({
      method: z.string().optional().describe("The request's method."),
      url_base: z.string().optional().describe("Scheme and host of its URL."),
      url_path_pattern: z
        .string()
        .optional()
        .describe("A Python regular expression that matches somewhere in the URL's path."),
      params: z.looseObject({}).optional().describe("Query parameters that it has."),
      headers: z.looseObject({}).optional().describe("Headers that it has."),
      weight: z
        .union([z.int(), z.string()])
        .optional()
        .describe("How many calls such a request counts as; 1 when left out. May see: config."),
    }),
  create: (_, scope) => scope.self,
});
