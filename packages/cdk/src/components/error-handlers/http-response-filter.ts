import { component, type Component } from "../../component.ts";
import { errorMessageOf } from "../../http/error-message.ts";
import { isHttpFailure } from "../../http/failure.ts";
import type { HttpResponse } from "../../http/types.ts";
import { printUrl, splitUrl } from "../../http/url-parts.ts";
import { compileTemplate, type Context } from "../../interpolation/template.ts";
import { headersView } from "../../interpolation/views.ts";
import { str } from "../../json/python-text.ts";
import type { Json } from "../../json/value.ts";
import { truthy } from "../../json/truthy.ts";
import type { ResponseFilter } from "../../roles.ts";
import { uniqueItems } from "../shared/unique-items.ts";
import { statusResolution } from "./shared/default-resolutions.ts";

export const httpResponseFilter: Component<"responseFilter"> = component({
  kind: "responseFilter",
  type: "HttpResponseFilter",
  description: "Which answers are meant, by status, message or a condition, and what is done about them.",
  schema: (_, z) =>
    z.object({
      action: z
        .enum([
          "SUCCESS",
          "FAIL",
          "RETRY",
          "IGNORE",
          "RESET_PAGINATION",
          "RATE_LIMITED",
          "REFRESH_TOKEN_THEN_RETRY",
          "REDUCE_PAGE_SIZE",
          "SPLIT_REQUEST_WINDOW",
        ])
        .optional()
        .describe("What to do about an answer that one of the conditions holds for; a filter without does nothing."),
      failure_type: z
        .enum(["system_error", "config_error", "transient_error"])
        .optional()
        .describe("Who can mend it, where the action is FAIL; what is usual for the status when left out."),
      error_message: z
        .string()
        .optional()
        .describe("What to tell the user. May see: config, headers, parameters, request_url, response."),
      error_message_contains: z.string().optional().describe("Condition: a part of the message in the answer's body."),
      http_codes: z
        .array(z.int())
        .superRefine(uniqueItems)
        .meta({ uniqueItems: true })
        .optional()
        .describe("Condition: the answer's status is one of these."),
      predicate: z
        .string()
        .optional()
        .describe("Condition: this comes to true. May see: headers, parameters, request_url, response."),
    }),
  create(spec, scope): ResponseFilter {
    const { action, failure_type, error_message = "", error_message_contains: part = "", predicate = "" } = spec;
    if (action === undefined) return () => Promise.resolve(undefined);
    const codes = new Set((spec.http_codes ?? []).map(Number));
    const holds = predicate === "" ? undefined : scope.condition(predicate);
    const predicateContext = contextOf(predicate);
    const message = error_message === "" ? undefined : scope.template(error_message);
    const messageContext = contextOf(error_message);

    const matches = async (response: HttpResponse): Promise<boolean> =>
      codes.has(response.status) ||
      (holds !== undefined && holds(await predicateContext(response))) ||
      (part !== "" && ((await errorMessageOf(response)) ?? "").includes(part));

    return async (outcome) => {
      if (isHttpFailure(outcome) || !(await matches(outcome))) return undefined;
      const usual = statusResolution(outcome.status);
      const said = message?.(await messageContext(outcome));
      return {
        action,
        failureType:
          action === "FAIL" && failure_type !== undefined ? failure_type : (usual?.failureType ?? "system_error"),
        message: said === undefined || !truthy(said) ? usual?.message : str(said),
      };
    };
  },
});

/** Makes what a template sees of an answer. The body is only read for one that looks at it. */
function contextOf(template: string): (response: HttpResponse) => Promise<Context> {
  const readsBody = compileTemplate(template).reads.some(([name]) => name === "response");
  return async (response) => ({
    response: readsBody ? await jsonOf(response) : {},
    headers: () => headersView(response.headers.toObject()),
    request_url: () => plainUrl(response.url),
  });
}

/** What is no JSON is seen as an empty object. */
async function jsonOf(response: HttpResponse): Promise<Json> {
  const json = await response.json();
  return json === undefined ? {} : json;
}

/** Without query, fragment and user: any of them may hold a secret, and messages are shown. */
function plainUrl(url: string): string {
  const parts = splitUrl(url);
  const authority = parts.authority.slice(parts.authority.lastIndexOf("@") + 1);
  return printUrl({ ...parts, authority, query: "", fragment: "" });
}
