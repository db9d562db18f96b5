import { configError, transientError } from "../../errors.ts";
import { isHttpFailure } from "../../http/failure.ts";
import type { HttpResponse, Send } from "../../http/types.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

export type ApiName = "config" | "public";

/** What the platform is asked with. */
export interface PlatformOptions {
  /** The instance, such as `http://localhost:8000`; or the root of a public API that is elsewhere, which ends with `/v1`. */
  readonly url: string;
  readonly credentials: PlatformCredentials;
  readonly send: Send;
  readonly signal: AbortSignal;
}

export type PlatformCredentials =
  { readonly token: string } | { readonly clientId: string; readonly clientSecret: string } | undefined;

/** An instance of Airbyte. */
export interface Platform {
  /**
   * Asks one of its APIs. Gives the answer's object, `{}` for none.
   * @throws a config error that says what is refused, in the platform's own words
   */
  ask(api: ApiName, method: "GET" | "POST" | "PUT", path: string, body?: JsonObject): Promise<JsonObject>;
}

export function openPlatform({ url, credentials, send, signal }: PlatformOptions): Platform {
  const place = url.replace(/\/+$/, "");
  const roots: Readonly<Record<ApiName, string>> = {
    config: place.endsWith("/api/v1") ? place : `${place}/api/v1`,
    public:
      place.endsWith("/v1") && !place.endsWith("/api/v1") ? place : `${place.replace(/\/api\/v1$/, "")}/api/public/v1`,
  };
  const tokens = new Map<ApiName, Promise<string | undefined>>();

  async function exchange(
    method: string,
    target: string,
    body: JsonObject | undefined,
    token?: string,
  ): Promise<HttpResponse> {
    const headers = {
      Accept: "application/json",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    };
    try {
      return await send(
        { method, url: target, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) },
        { signal },
      );
    } catch (error) {
      if (!isHttpFailure(error)) throw error;
      throw transientError(`Airbyte at ${place} cannot be asked: ${error.message}`, { cause: error });
    }
  }

  async function fetchToken(api: ApiName): Promise<string | undefined> {
    if (credentials === undefined) return undefined;
    if ("token" in credentials) return credentials.token;
    const asked = {
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      grant_type: "client_credentials",
    };
    const response = await exchange("POST", `${roots[api]}/applications/token`, asked);
    const body = await response.json();
    const token = isObject(body) ? get(body, "access_token") : undefined;
    if (response.status === 200 && typeof token === "string") return token;
    throw configError(
      `Airbyte gave no token for the client ${credentials.clientId}: it answered ${response.status}${told(body)}. ` +
        "Set AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET as an application of its settings shows them.",
      { code: "platform-denied" },
    );
  }

  return {
    async ask(api, method, path, body) {
      const token = tokens.get(api) ?? fetchToken(api);
      tokens.set(api, token);
      const response = await exchange(method, `${roots[api]}${path}`, body, await token);
      const answer = await response.json();
      if (response.status < 300 && isObject(answer)) return answer;
      if (response.status < 300) return {};
      throw refused(`${method} ${path}`, response.status, answer, credentials);
    },
  };
}

function refused(what: string, status: number, answer: Json | undefined, credentials: PlatformCredentials): Error {
  const said = told(answer);
  if (status === 401 || status === 403) {
    const hint =
      credentials === undefined
        ? "Set AIRBYTE_TOKEN, or AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET."
        : "Is the token of this instance, and may it change this workspace?";
    return configError(`Airbyte refuses ${what} (${status}${said}). ${hint}`, { code: "platform-denied" });
  }
  return configError(`Airbyte refuses ${what} (${status}${said}).`, {
    code: status === 404 ? "platform-not-found" : "platform-refused",
  });
}

/** What the platform says was wrong: its message, and each field that it does not take. */
function told(answer: Json | undefined): string {
  if (!isObject(answer)) return "";
  const message = ["message", "detail", "title"]
    .map((name) => get(answer, name))
    .find((one) => typeof one === "string");
  const fields = get(answer, "validationErrors");
  const wrong = (isList(fields) ? fields : []).flatMap((field) =>
    isObject(field) ? [`${String(get(field, "propertyPath"))}: ${String(get(field, "message"))}`] : [],
  );
  return [...(message === undefined ? [] : [message]), ...wrong].map((text) => `, ${text}`).join("");
}
