import { setTimeout } from "node:timers/promises";
import { configError, transientError, type ConnectorError, type SourceRun } from "ferry-cdk";
import { createSend, isHttpFailure, type HttpFailure, type HttpResponse } from "ferry-cdk/files";
import { changedMidway } from "./changed.ts";
import type { WebTarget } from "./web-file.ts";

/**
 * Sends a request for the file with these headers; tries again what time may mend, longer where part of the file was read.
 * The answer is 200 or 206.
 */
export type Ask = (headers?: Readonly<Record<string, string>>, isMidway?: boolean) => Promise<HttpResponse>;

export const MOST_TRIES = 5;
const FIRST_WAIT = 0.25; // seconds, doubled each time
const LONGEST_WAIT = 60;
const PATIENCE = 4; // with a server that is there
const SHOWN = 2000; // characters of an error's body

export const waitOf = (tries: number): number => FIRST_WAIT * 2 ** (tries - 1);

export const pause = (seconds: number, { signal }: SourceRun): Promise<void> =>
  setTimeout(seconds * 1000, undefined, { signal });

export function createAsk(target: WebTarget, run: SourceRun): Ask {
  const send = createSend(process.env, run.transport);
  return async (headers = {}, isMidway = false) => {
    for (let tries = 1; ; tries++) {
      const request = {
        method: "GET",
        url: target.url,
        // Bytes are counted as they are stored, so that a read can go on where it broke off.
        headers: target.headers({ "Accept-Encoding": "identity", ...headers }),
      };
      let wait = waitOf(tries) * (isMidway ? PATIENCE : 1);
      let reason: string;
      try {
        const response = await send(request, { signal: run.signal });
        if (response.status === 200 || response.status === 206) return response;
        const failure = await failureOf(target, response);
        if (failure.failureType !== "transient_error" || tries === MOST_TRIES) throw failure;
        reason = failure.message;
        wait = Math.max(
          waitOf(tries) * PATIENCE,
          Math.min(LONGEST_WAIT, Number(response.headers.get("retry-after") ?? 0) || 0),
        );
      } catch (error) {
        if (!isHttpFailure(error)) throw error;
        if (!MENDED.has(error.kind) || tries === MOST_TRIES) throw brokenOf(target.place, error);
        reason = error.message;
      }
      run.log.warn(`${reason} Trying again in ${wait} s.`);
      await pause(wait, run);
    }
  };
}

const MENDED: ReadonlySet<HttpFailure["kind"]> = new Set(["connect", "timeout", "chunked-encoding", "other"]);

async function failureOf({ place, explain }: WebTarget, response: HttpResponse): Promise<ConnectorError> {
  const { status } = response;
  const body = (await response.text()).slice(0, SHOWN);
  const detail = explain(status, body);
  const more = detail === undefined ? "" : ` (${detail})`;
  const details = { code: `http-${status}`, internal: body };
  if (status === 404)
    return configError(
      `/url is ${JSON.stringify(place)}, which the server does not have: it answers 404${more}.`,
      details,
    );
  if (status === 401 || status === 403) {
    return configError(
      `/url is ${JSON.stringify(place)}, which the server refuses to give: it answers ${status}${more}.`,
      details,
    );
  }
  if (status === 416) return changedMidway(place) as ConnectorError; // it has become shorter
  const message = `${place}: the server answers ${status}${more}.`;
  return status === 429 || status >= 500 ? transientError(message, details) : configError(message, details);
}

/** What a connection that failed means to the user. */
export function brokenOf(place: string, failure: HttpFailure): ConnectorError {
  const details = { cause: failure, code: failure.kind };
  if (failure.kind === "tls") {
    const hint = "If the server's certificate is your own, name its authority in NODE_EXTRA_CA_CERTS.";
    return configError(`/url is ${JSON.stringify(place)}. ${failure.message}. ${hint}`, details);
  }
  const isConfig = failure.kind === "invalid-url" || failure.kind === "invalid-scheme" || failure.kind === "redirects";
  const message = `/url is ${JSON.stringify(place)}, which cannot be read: ${failure.message}.`;
  return isConfig ? configError(message, details) : transientError(message, details);
}
