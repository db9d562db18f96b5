import { configError } from "../../errors.ts";
import { sleep } from "../../http/sleep.ts";
import type { JsonObject } from "../../json/value.ts";
import { keysOf } from "./flow-values.ts";
import type { RedirectListener } from "./redirect-listener.ts";

/** What is wrong with what the browser brings back, as a sentence; undefined for nothing. */
export function consentProblem(
  input: JsonObject,
  state: string | undefined,
  given: URLSearchParams,
): string | undefined {
  const keys = keysOf(input);
  const error = given.get("error");
  if (error !== null) {
    const about = given.get("error_description");
    const told = `${error}${about === null ? "" : `, ${about}`}`;
    return error === "access_denied"
      ? `Consent was refused: the API says ${told}. Nothing was changed.`
      : `The API does not let sign in: it says ${told}.`;
  }
  if (state !== undefined && given.get(keys.state) !== state) {
    const what = given.has(keys.state) ? "is not the one that was sent" : "is missing";
    return `The ${keys.state} that came back ${what}: this answer is of another sign-in. Begin again.`;
  }
  if ((given.get(keys.auth_code) ?? "") !== "") return undefined;
  const names = [...new Set(given.keys())].join(", ") || "nothing";
  return `The API sent no ${keys.auth_code} back: it sent ${names}. Another name goes into the manifest's auth_code_key.`;
}

/**
 * Waits for the code.
 * @param seconds how long at most
 * @throws a config error where it does not come, or something else does
 */
export async function awaitConsent(
  listener: RedirectListener,
  input: JsonObject,
  state: string | undefined,
  seconds: number,
): Promise<string> {
  const waiting = new AbortController();
  const tooLate = sleep(seconds, waiting.signal).then(
    () => undefined,
    () => undefined, // it is over before
  );
  const given = await Promise.race([listener.arrived, tooLate]);
  waiting.abort();
  if (given === undefined) {
    throw configError(
      `Nobody came back from the sign-in within ${seconds} s. Does the API know the redirect URI ${listener.redirectUri}? ` +
        "--timeout waits longer.",
      { code: "oauth-timeout" },
    );
  }
  const problem = consentProblem(input, state, given);
  if (problem !== undefined) throw configError(problem, { code: "oauth-consent" });
  return given.get(keysOf(input).auth_code)!;
}
