import { configError, isConnectorError, systemError, transientError } from "../../../../errors.ts";
import { isHttpFailure } from "../../../../http/failure.ts";
import { prepareRequest, type RequestParts } from "../../../../http/prepare.ts";
import { repeating } from "../../../../http/repeat.ts";
import { monotonicSeconds } from "../../../../http/sleep.ts";
import type { HttpFailure, HttpResponse } from "../../../../http/types.ts";
import type { Scope } from "../../../../component.ts";
import { get, isObject, type Json, type JsonObject } from "../../../../json/value.ts";
import { tellAnswers } from "../../../requesters/shared/tell-answers.ts";

/** How a token endpoint says that the refresh token is no good. */
export interface Rejection {
  readonly statuses: readonly number[];
  readonly key: string;
  readonly values: readonly string[];
}

/** Seconds in which a token endpoint that fails is asked again. */
const MAX_TIME = 300;

/**
 * Asks for a token until an answer comes that another try would not change.
 * @param hidden texts that are not shown where the answer repeats them
 */
export async function fetchToken(
  scope: Scope,
  parts: RequestParts,
  rejection: Rejection,
  hidden: readonly string[],
): Promise<Json> {
  const { run } = scope;
  const answered = tellAnswers(scope, "token");
  const request = prepareRequest(parts);
  const ask = repeating(
    async () => {
      const response = await run.send(request, { signal: run.signal });
      await answered?.(response, "SUCCESS");
      if (response.status === 429 || response.status >= 500) throw await busy(response);
      return response;
    },
    {
      catches: (error) => isBusy(error) || (isHttpFailure(error) && RETRIED.has(error.kind)),
      maxTries: Infinity,
      maxTime: MAX_TIME,
      wait: (_, tries, left) => {
        const seconds = Math.min(Math.random() * 2 ** (tries - 1), left);
        run.log("INFO", `The token endpoint failed (try ${tries}). It is asked again in ${seconds.toFixed(1)} s.`);
        return run.sleep(seconds);
      },
    },
    monotonicSeconds,
  );
  let response: HttpResponse;
  try {
    response = await ask();
  } catch (error) {
    if (isHttpFailure(error)) throw unanswered(error);
    throw error;
  }
  if (response.status >= 400) throw await refused(response, rejection, hidden);
  const answer = await response.json();
  if (answer === undefined) {
    throw systemError(`The token endpoint answered with status ${response.status}, but with no JSON.`, {
      internal: shorten(await response.text(), LONGEST_BODY),
    });
  }
  return answer;
}

const RETRIED: ReadonlySet<string> = new Set(["connect", "timeout", "tls", "proxy"]);

function unanswered(error: HttpFailure): Error {
  const fail = RETRIED.has(error.kind) ? transientError : systemError;
  return fail(`The access token could not be fetched: no answer came from the token endpoint. ${error.message}`, {
    cause: error,
  });
}

const BUSY = "token-endpoint-busy";
const isBusy = (error: unknown): boolean => isConnectorError(error) && error.code === BUSY;

async function busy(response: HttpResponse): Promise<Error> {
  return transientError(
    `The access token could not be fetched: the token endpoint fails (status ${response.status}).`,
    {
      code: BUSY,
      internal: `HTTP ${response.status}: ${shorten(await response.text(), LONGEST_BODY)}`,
    },
  );
}

async function refused(response: HttpResponse, rejection: Rejection, hidden: readonly string[]): Promise<Error> {
  const body = await response.json();
  const content = isObject(body) ? body : {};
  const detail = shorten(hide(providerDetail(content), hidden), LONGEST_DETAIL);
  const internal = `HTTP ${response.status}: ${shorten(hide(await response.text(), hidden), LONGEST_BODY)}`;
  const said = detail === "" ? "" : ` The API says: ${detail}`;
  if (!isRejection(response.status, content, rejection)) {
    const message = `The access token could not be fetched: the token endpoint answered with status ${response.status}.`;
    return systemError(message + said, { internal });
  }
  return configError(
    `The API does not take the refresh token: it is not valid, has expired, or was used before. Sign in again in the settings of this source.${said}`,
    { internal, code: "refresh-token-rejected" },
  );
}

function isRejection(status: number, content: JsonObject, { statuses, key, values }: Rejection): boolean {
  const found = get(content, key);
  return statuses.includes(status) && typeof found === "string" && values.includes(found);
}

/** What stays the same each time it fails this way, so that failures can be grouped: no prose, which may hold times. */
function providerDetail(content: JsonObject): string {
  const parts: string[] = [];
  const error = get(content, "error");
  if (typeof error === "string" && error.trim() !== "") parts.push(error.trim().split(/\s+/).join(" "));
  const description = get(content, "error_description");
  const code = typeof description === "string" ? /^[A-Za-z]{3,}\d{4,}\b/.exec(description.trim()) : null;
  if (code !== null) parts.push(code[0]);
  return parts.join(": ");
}

const LONGEST_DETAIL = 64;
const LONGEST_BODY = 1000;

const hide = (text: string, hidden: readonly string[]): string =>
  hidden.reduce((shown, secret) => (secret === "" ? shown : shown.replaceAll(secret, "****")), text);

const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}...`;
