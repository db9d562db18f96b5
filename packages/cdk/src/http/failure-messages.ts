import { ConnectorError, transientError } from "../errors.ts";
import { printJson } from "../json/print.ts";
import type { Demand } from "./attempt.ts";
import { errorMessageOf } from "./error-message.ts";
import { isHttpFailure } from "./failure.ts";
import type { HttpFailure, HttpRequest, HttpResponse, Resolution } from "./types.ts";

const TOO_MANY_REQUESTS = 429;
/** Of a body, so much stands in a message. */
const LONGEST = 4000;

/** The error of an answer, or of none, that means failure. */
export async function failed(
  stream: string,
  request: HttpRequest,
  outcome: HttpResponse | HttpFailure,
  { message, failureType = "system_error" }: Resolution,
): Promise<ConnectorError> {
  const { method, url } = request;
  const internal = isHttpFailure(outcome)
    ? `${method} ${url} failed: ${outcome.message}`
    : `${method} ${url} was answered with status ${outcome.status}: ${await details(request, outcome)}`;
  return new ConnectorError(failureType, message === undefined || message === "" ? internal : message, {
    stream,
    internal,
    ...(isHttpFailure(outcome) ? { cause: outcome } : {}),
  });
}

/** The error of a request that was tried as often as allowed. */
export function exhausted(stream: string, { method, url }: HttpRequest, demand: Demand): ConnectorError {
  const internal = `${method} ${url}, after its last retry: ${demand.message}`;
  const details = { stream, ofParent: true, internal };
  if (demand.status === TOO_MANY_REQUESTS) {
    return transientError("The API's rate limit did not clear before the last retry.", details);
  }
  const message = `The request failed and its retries are used up: ${demand.message}`;
  return new ConnectorError(demand.failureType ?? "system_error", message, details);
}

async function details(request: HttpRequest, response: HttpResponse): Promise<string> {
  const said = await errorMessageOf(response);
  const sent = request.body === undefined ? "none" : shortened(Buffer.from(request.body).toString());
  const headers = printJson(response.headers.toObject());
  return `${shortened(said ?? "no message")}. Sent body: ${sent}. Received body: ${shortened(await response.text())}. Received headers: ${headers}`;
}

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
