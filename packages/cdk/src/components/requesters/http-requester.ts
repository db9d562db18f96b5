import { component, type Component, type Scope } from "../../component.ts";
import { createAnswerStore } from "../../http/answer-store.ts";
import { withBudget } from "../../http/budget.ts";
import { createCache, withCache } from "../../http/cache.ts";
import { createCookieJar } from "../../http/cookies.ts";
import { prepareRequest } from "../../http/prepare.ts";
import { withRetry } from "../../http/retry.ts";
import type { Send } from "../../http/types.ts";
import { dropRepeated } from "../../http/url.ts";
import type { AirbyteStreamStatusReason } from "../../protocol/messages.gen.ts";
import { streamStatus } from "../../protocol/make-message.ts";
import type { Requester } from "../../roles.ts";
import { floatOf } from "../backoff/shared/seconds.ts";
import { ref } from "../shared/refs.ts";
import { combineOptions, requestOptions, type OptionsSpec } from "./shared/request-options.ts";
import { requestUrl } from "./shared/request-url.ts";
import { tellAnswers } from "./shared/tell-answers.ts";

/** A page up to this size is there before its first record counts, so that a connection which breaks is tried again. */
const AHEAD = 4 * 1024 * 1024;

const OLDER = { deprecated: true };
const URL_SEES =
  "May see: config, creation_response, download_target, next_page_token, parameters, polling_response, stream_interval, " +
  "stream_partition, stream_slice.";
const OPTION_SEES = "May see: config, next_page_token, parameters, stream_interval, stream_partition, stream_slice.";

export const httpRequester: Component<"requester"> = component({
  kind: "requester",
  type: "HttpRequester",
  description: "Makes the requests of a stream: their address, method, headers, parameters and body.",
  schema: (slot, z) => {
    const texts = z.union([z.record(z.string(), z.string()), z.string()]);
    return z.object({
      url: z.string().optional().describe(`The URL to ask. ${URL_SEES}`),
      url_base: z
        .string()
        .optional()
        .describe(`An older form of \`url\`: the beginning of the URL. ${URL_SEES}`)
        .meta(OLDER),
      path: z.string().optional().describe(`An older form of \`url\`: the rest of the URL. ${URL_SEES}`).meta(OLDER),
      http_method: z.enum(["GET", "POST"]).default("GET").describe("The method of the request."),
      authenticator: slot("authenticator").optional().describe("What proves to the API who asks."),
      fetch_properties_from_endpoint: slot("propertyList", ["PropertiesFromEndpoint"])
        .optional()
        .describe("An older form of `query_properties`: a request that tells which properties to ask for.")
        .meta(OLDER),
      query_properties: slot("queryProperties")
        .optional()
        .describe("The properties to ask for, seen as `stream_partition.extra_fields['query_properties']`."),
      request_parameters: z
        .union([z.record(z.string(), z.union([z.string(), slot("queryProperties")])), z.string()])
        .optional()
        .describe(
          `The query of the URL; names and values are templates, what comes to nothing is left out. ${OPTION_SEES}`,
        ),
      request_headers: texts.optional().describe(`Headers; names and values are templates. ${OPTION_SEES}`),
      request_body_data: texts
        .optional()
        .describe(`An older form of \`request_body\`: a text, sent as it is, or the fields of a form. ${OPTION_SEES}`)
        .meta(OLDER),
      request_body_json: z
        .union([z.looseObject({}), z.string()])
        .optional()
        .describe(`An older form of \`request_body\`: a JSON object. ${OPTION_SEES}`)
        .meta(OLDER),
      request_body: slot("requestBody").optional().describe("The body of the request."),
      error_handler: slot("errorHandler")
        .optional()
        .describe("What answers mean; when left out, a DefaultErrorHandler decides."),
      use_cache: z
        .boolean()
        .default(false)
        .describe("Whether answers are kept for the length of the run, and given again for the same GET request."),
      connect_timeout_in_seconds: z.number().gt(0).optional().describe("How long to wait for a connection."),
      read_timeout_in_seconds: z
        .number()
        .gt(0)
        .optional()
        .describe(
          "How long the server may be silent, before its answer and within it; not a bound for the whole answer.",
        ),
      use_tcp_keepalive: z.boolean().default(false).describe("Has no effect: connections are always probed."),
    });
  },
  create(spec, scope): Requester {
    const url = requestUrl(spec, scope);
    const body = spec.request_body && scope.build(spec.request_body);
    const ownOptions = requestOptions(spec as OptionsSpec, body, scope); // a manifest holds nothing but Json
    const authenticator =
      spec.authenticator && scope.build(spec.authenticator, { url: spec.url || spec.url_base, purpose: undefined });
    const { name } = scope.stream;
    const { run } = scope;
    const { observe } = run;
    const retrying = withRetry(sender(spec.use_cache && run.test === undefined, scope), {
      stream: name,
      handler: scope.build(spec.error_handler ?? ref("errorHandler", { type: "DefaultErrorHandler" })),
      credentials: authenticator,
      disabled: run.test !== undefined,
      answered: tellAnswers(scope),
      log: (level, message) => run.log(level, message),
      sleep: run.sleep,
      rateLimited: (wait) => run.emit(streamStatus({ name }, "RUNNING", [rateLimited(wait)])),
      ...(observe === undefined
        ? {}
        : {
            retried: (request, { origin }, seconds, reason) =>
              observe({ type: "retry", request, origin, seconds, reason }),
          }),
    });
    const connectTimeout = floatOf(spec.connect_timeout_in_seconds);
    const readTimeout = floatOf(spec.read_timeout_in_seconds);
    const cookies = createCookieJar();
    const ahead = scope.stream.decoder?.streams === true ? undefined : AHEAD;

    return {
      async send(context, additions, path) {
        const credentials = (await authenticator?.options?.()) ?? {};
        const { params = {}, ...parts } = combineOptions([ownOptions(context), credentials, ...additions]);
        const target = url(context, path);
        const request = prepareRequest({
          ...parts,
          method: spec.http_method,
          url: target,
          params: dropRepeated(target, params),
        });
        return retrying(request, {
          signal: context.signal ?? run.signal,
          connectTimeout,
          readTimeout,
          cookies,
          ahead,
          origin: { stream: name, slice: context.slice, token: context.token },
        });
      },
    };
  },
});

/** The reason of a status, with the instant of the next try where it is known. */
function rateLimited(wait: number | undefined): AirbyteStreamStatusReason {
  if (wait === undefined) return { type: "RATE_LIMITED" };
  return { type: "RATE_LIMITED", rate_limited: { quota_reset: Math.ceil(Date.now() + wait * 1000) } };
}

/** What each try goes through: the cache first, as an answer that is there costs no call of the budget. */
function sender(useCache: boolean, { run, stream }: Scope): Send {
  const send = withBudget(run.send, run.budget);
  if (!useCache) return send;
  return withCache(
    send,
    run.shared("http cache", () => createCache(createAnswerStore())),
    stream.name,
  );
}
