import { configError, transientError } from "../../errors.ts";
import { isHttpFailure } from "../../http/failure.ts";
import { quotePlus } from "../../http/percent.ts";
import type { HttpRequest, HttpResponse, Send } from "../../http/types.ts";
import { parseJson } from "../../json/parse.ts";
import { printJson } from "../../json/print.ts";
import { entries, get, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import { renderFlowTemplate, type FlowValues } from "./flow-template.ts";

/** The request that changes a code for tokens, as the manifest describes it. */
export function tokenRequest(input: JsonObject, values: FlowValues): HttpRequest {
  const render = (text: Json, place: string): string =>
    renderFlowTemplate(typeof text === "string" ? text : printJson(text), values, place);
  const rendered = (name: string): Record<string, string> | undefined => {
    const given = get(input, name);
    if (!isObject(given)) return undefined;
    return Object.fromEntries(entries(given).map(([key, value]) => [render(key, name), render(value, name)]));
  };
  const url = render(get(input, "access_token_url") ?? "", "access_token_url").trim();
  if (!URL.canParse(url)) {
    throw configError(`The manifest's access_token_url comes to "${url}", which is no URL.`, { code: "oauth-url" });
  }
  const parameters = rendered("access_token_params");
  const headers = rendered("access_token_headers") ?? {};
  const has = (name: string): boolean => Object.keys(headers).some((each) => each.toLowerCase() === name);
  const stated = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  // As the platform: parameters go as JSON where nothing says that they are a form.
  const isForm = parameters === undefined || stated?.startsWith(FORM) === true;
  return {
    method: "POST",
    url: new URL(url).href,
    headers: {
      ...headers,
      ...(has("content-type") ? {} : { "Content-Type": isForm ? FORM : "application/json" }),
      ...(has("accept") ? {} : { Accept: "application/json" }),
    },
    body: isForm ? formOf(parameters ?? {}) : JSON.stringify(parameters),
  };
}

const FORM = "application/x-www-form-urlencoded";

export const formOf = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`)
    .join("&");

/**
 * Sends the request, and gives the answer.
 * @throws where no answer comes, or another one than an object with tokens; `mask` hides secrets that it repeats
 */
export async function fetchTokens(
  request: HttpRequest,
  send: Send,
  signal: AbortSignal,
  mask: (text: string) => string,
): Promise<JsonObject> {
  const { origin, pathname } = new URL(request.url);
  const place = `${origin}${pathname}`; // its query may hold the client's secret
  let response: HttpResponse;
  try {
    response = await send(request, { signal });
  } catch (error) {
    if (!isHttpFailure(error)) throw error;
    throw transientError(`The token endpoint ${place} gave no answer: ${mask(error.message)}`, { cause: error });
  }
  const text = await response.text();
  if (response.status >= 400) {
    throw configError(`The token endpoint ${place} refuses with status ${response.status}: ${shown(text, mask)}`, {
      code: "oauth-refused",
    });
  }
  const answer = answerOf(text, response.headers.get("content-type"));
  if (answer === undefined) {
    throw configError(`The token endpoint ${place} answered ${response.status}, but no JSON: ${shown(text, mask)}`, {
      code: "oauth-refused",
    });
  }
  // Some refuse with status 200.
  if (get(answer, "error") !== undefined && !keys(answer).some((key) => key.includes("token"))) {
    throw configError(`The token endpoint ${place} refuses: ${shown(text, mask)}`, { code: "oauth-refused" });
  }
  return answer;
}

/** JSON, or a form, as some answer who do not look at `Accept`. */
function answerOf(text: string, type = ""): JsonObject | undefined {
  if (type.includes("form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // the caller says what came instead
  }
}

const LONGEST = 500; // characters of an answer that are shown

function shown(text: string, mask: (text: string) => string): string {
  const line = mask(text).replaceAll(/\s+/g, " ").trim();
  if (line === "") return "the answer is empty.";
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
