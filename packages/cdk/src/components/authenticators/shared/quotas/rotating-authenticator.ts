import type { Scope } from "../../../../component.ts";
import { headerOf } from "../../../../http/headers.ts";
import type { HttpRequest } from "../../../../http/types.ts";
import type { Authenticator } from "../../../../roles.ts";
import { headerName, withHeader } from "../header-authenticator.ts";
import { updateState } from "./quota-state.ts";
import { quotaStatus, type StatusSource } from "./quota-status.ts";
import type { Quota } from "./quota.ts";
import { createRotation } from "./rotation.ts";

export interface RotatingTokens {
  readonly tokens: readonly string[];
  readonly source: StatusSource;
  readonly method: string;
  readonly header: string;
  /** Seconds. */
  readonly maxWait: number;
  readonly reserveFraction: number;
  readonly minReserve: number;
}

/** Signs each request with a token that has a call left for it. */
export function rotatingAuthenticator(given: RotatingTokens, quotas: readonly Quota[], scope: Scope): Authenticator {
  const { run } = scope;
  const { tokens, header, method } = given;
  const credential = (token: string): string => `${method} ${token}`.trim();
  const byCredential = new Map(tokens.map((token) => [credential(token), token]));
  const rotation = createRotation({
    ...given,
    quotas,
    status: (token) => quotaStatus(given.source, header, credential(token), quotas, scope),
    signal: run.signal,
    sleep: run.sleep,
    log: (level, message) => run.log(level, message),
  });

  let saidUnmatched = false;
  function quotaOf(request: HttpRequest): Quota {
    const found =
      quotas.find((quota) => !quota.isDefault && quota.matches(request)) ?? quotas.find((quota) => quota.isDefault);
    if (found !== undefined) return found;
    const [first] = quotas as [Quota]; // a manifest names at least one
    if (!saidUnmatched) {
      run.log(
        "WARN",
        `No quota is for ${request.url}: it is charged to "${first.name}". A quota without matchers takes what no other does.`,
      );
      saidUnmatched = true;
    }
    return first;
  }
  const sender = (request: HttpRequest): string | undefined =>
    byCredential.get(headerOf(request, header)?.trim() ?? "");

  return {
    apply: async (request) => withHeader(request, header, credential(await rotation.take(quotaOf(request)))),
    options: () => Promise.resolve(headerName(header)),
    observe(request, response) {
      const quota = quotaOf(request);
      const token = sender(request);
      const state = token === undefined ? undefined : rotation.state(token, quota);
      if (state !== undefined) updateState(state, quota, response);
    },
    hasAlternative(request) {
      const quota = quotaOf(request);
      const token = sender(request);
      const state = token === undefined ? undefined : rotation.state(token, quota);
      // Only a token that is spent is sure to be followed by another.
      if (state === undefined || !state.tracked || state.remaining > 0) return false;
      return tokens.some((other) => other !== token && (rotation.state(other, quota)?.remaining ?? 0) > 0);
    },
  };
}
