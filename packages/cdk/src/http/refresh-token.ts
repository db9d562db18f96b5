import { configError, isConnectorError, transientError } from "../errors.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { isHttpFailure } from "./failure.ts";
import { headerOf } from "./headers.ts";
import type { HttpFailure, HttpRequest, HttpResponse, Resolution } from "./types.ts";

/**
 * Fetches a new token for a request that was refused, at most once. A request refused again after that fails: as a
 * matter of configuration where there was a new token, for the time being where there was none.
 */
export function createRefresh(
  { stream, credentials, log }: RetryPolicy,
  request: HttpRequest,
): (sent: HttpRequest, outcome: HttpResponse | HttpFailure, resolution: Resolution) => Promise<void> {
  let refreshed: boolean | undefined;

  return async (sent, outcome, resolution) => {
    if (refreshed !== undefined) throw refusedAgain(stream, sent, outcome, resolution, refreshed);
    if (credentials?.refresh === undefined) {
      log(
        "WARN",
        "REFRESH_TOKEN_THEN_RETRY: this authenticator has no token to refresh. The request is sent again as it was.",
      );
      return;
    }
    refreshed = false;
    try {
      const current = headerOf(await credentials.apply(request), "Authorization");
      const before = headerOf(sent, "Authorization");
      // Another request may have fetched a new one meanwhile.
      if (before === undefined || current === undefined || current === before) await credentials.refresh();
      refreshed = true;
      log("INFO", "The token was refreshed because the API refused it.");
    } catch (error) {
      if (isConnectorError(error) && error.failureType === "config_error") throw error;
      log("WARN", `The token could not be refreshed (${String(error)}). The request is sent again with the old one.`);
    }
  };
}

function refusedAgain(
  stream: string,
  { method, url }: HttpRequest,
  outcome: HttpResponse | HttpFailure,
  { message }: Resolution,
  refreshed: boolean,
): Error {
  const how = isHttpFailure(outcome) ? outcome.message : `status ${outcome.status}`;
  const internal = `${method} ${url} was refused twice (${how})${message === undefined ? "" : `: ${message}`}`;
  return refreshed
    ? configError("The API refuses the access token even after it was refreshed.", { stream, internal })
    : transientError("The API refuses the access token, and it could not be refreshed.", { stream, internal });
}
