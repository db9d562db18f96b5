import type { Scope } from "../../../../component.ts";
import { systemError } from "../../../../errors.ts";
import { prepareRequest } from "../../../../http/prepare.ts";
import { withRetry } from "../../../../http/retry.ts";
import { isHttpFailure } from "../../../../http/failure.ts";
import { str } from "../../../../json/python-text.ts";
import { entries, fromEntries, get, isList, isObject, type JsonObject } from "../../../../json/value.ts";
import { defaultResolution } from "../../../error-handlers/shared/default-resolutions.ts";
import { withHeader } from "../header-authenticator.ts";
import type { Quota } from "./quota.ts";
import { readState, untracked } from "./quota-state.ts";
import type { TokenStates } from "./rotation.ts";

/** Where quotas are told, its templates evaluated. */
export interface StatusSource extends JsonObject {
  readonly url: string;
  readonly method: string;
  readonly headers: JsonObject;
  /** Statuses that say that nobody counts. */
  readonly unavailable: readonly number[];
}

/** Reads a `QuotaStatusSource` of a manifest. */
export function statusSource(spec: JsonObject, scope: Scope): StatusSource {
  const headers = get(spec, "request_headers") ?? {};
  const unavailable = get(spec, "unavailable_status_codes") ?? [];
  return {
    url: scope.text(get(spec, "url") ?? "")({}),
    method: str(get(spec, "http_method") ?? "GET"),
    headers: isObject(headers)
      ? fromEntries(entries(headers).map(([name, value]) => [name, scope.text(value)({})]))
      : {},
    unavailable: isList(unavailable) ? [...new Set(unavailable.map(Number))].toSorted((one, other) => one - other) : [],
  };
}

/** Asks how many calls a token has left. `credential` is what signs the request. */
export async function quotaStatus(
  source: StatusSource,
  header: string,
  credential: string,
  quotas: readonly Quota[],
  { run, stream }: Scope,
): Promise<TokenStates> {
  const send = withRetry(run.send, {
    stream: stream.name,
    handler: {
      maxRetries: undefined,
      maxTime: undefined,
      backoffs: [],
      async interpret(outcome) {
        if (!isHttpFailure(outcome) && source.unavailable.includes(outcome.status)) return { action: "IGNORE" };
        return defaultResolution(outcome);
      },
    },
    log: (level, message) => run.log(level, message),
    sleep: run.sleep,
    rateLimited: () => undefined,
  });
  const request = withHeader(prepareRequest(source), header, credential);
  const outcome = await send(request, { signal: run.signal });
  const response = "response" in outcome ? outcome.response : undefined;
  const counts = response !== undefined && !source.unavailable.includes(response.status);
  const status = counts ? await response.json() : undefined;
  if (counts && status === undefined) throw systemError(`The quota status at ${source.url} is no JSON.`);
  return new Map(quotas.map((quota) => [quota.name, status === undefined ? untracked() : readState(status, quota)]));
}
