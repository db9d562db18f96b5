import { isHttpFailure } from "../../../http/failure.ts";
import type { HttpFailure, HttpResponse, Resolution } from "../../../http/types.ts";
import type { FailureType } from "../../../errors.ts";

const entry = (
  action: Resolution["action"],
  failureType: FailureType,
  message: string,
): Resolution & { readonly message: string } => ({ action, failureType, message });

const BY_STATUS: Readonly<Record<number, ReturnType<typeof entry> | undefined>> = {
  400: entry(
    "FAIL",
    "system_error",
    "The API calls the request malformed (status 400). Check the request's parameters.",
  ),
  401: entry("FAIL", "config_error", "The API does not accept the credentials (status 401). Check them in the config."),
  403: entry(
    "FAIL",
    "config_error",
    "The credentials give no access to this resource (status 403). Check their permissions.",
  ),
  404: entry("FAIL", "system_error", "The API has no such resource (status 404)."),
  405: entry("FAIL", "system_error", "The API does not take this request method here (status 405)."),
  408: entry("RETRY", "transient_error", "The API gave up waiting for the request (status 408)."),
  429: entry("RATE_LIMITED", "transient_error", "The API says that there were too many requests (status 429)."),
  500: entry("RETRY", "transient_error", "The API failed by itself (status 500)."),
  502: entry("RETRY", "transient_error", "A gateway in front of the API got no valid answer from it (status 502)."),
  503: entry("RETRY", "transient_error", "The API is not available just now (status 503)."),
  504: entry("RETRY", "transient_error", "A gateway in front of the API waited too long for it (status 504)."),
};

/** What a status means where no filter says otherwise. */
export const statusResolution = (status: number): Resolution | undefined => BY_STATUS[status];

/** What an answer, or none, means where no filter says otherwise. */
export async function defaultResolution(outcome: HttpResponse | HttpFailure): Promise<Resolution> {
  if (isHttpFailure(outcome)) {
    const { kind, message } = outcome;
    if (kind === "invalid-scheme") return { action: "FAIL", failureType: "config_error", message };
    return { action: "RETRY", failureType: kind === "invalid-url" ? "transient_error" : "system_error", message };
  }
  // As `requests` counts: only 400 to 599 are errors.
  if (outcome.status < 400 || outcome.status >= 600) return { action: "SUCCESS" };
  return statusResolution(outcome.status) ?? unknownStatus(outcome);
}

/** Of the body, so much stands in the message. */
const LONGEST = 1000;

async function unknownStatus(response: HttpResponse): Promise<Resolution> {
  const body = (await response.text()).slice(0, LONGEST);
  const message = `The API answered with status ${response.status}: ${body}`;
  return { action: "RETRY", failureType: "system_error", message };
}
