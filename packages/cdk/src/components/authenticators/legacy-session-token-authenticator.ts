import { component, type Component, type Run } from "../../component.ts";
import { configError, systemError, transientError } from "../../errors.ts";
import { isHttpFailure } from "../../http/failure.ts";
import { prepareRequest, type RequestParts } from "../../http/prepare.ts";
import { monotonicSeconds } from "../../http/sleep.ts";
import type { HttpResponse } from "../../http/types.ts";
import { printJson } from "../../json/print.ts";
import { str } from "../../json/python-text.ts";
import { truthy } from "../../json/truthy.ts";
import { get, isObject, type Json, type JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { headerName, withHeader } from "./shared/header-authenticator.ts";

const SEES = "May see: config, parameters.";

export const legacySessionTokenAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "LegacySessionTokenAuthenticator",
  description:
    "Signs in with user name and password, and sends the token that it gets; SessionTokenAuthenticator is newer.",
  schema: (_, z) =>
    z
      .object({
        header: z.string().describe(`The header that carries the token. ${SEES}`),
        login_url: z.string().describe(`The login's path, which is put behind the requester's URL. ${SEES}`),
        session_token: z.string().default("").describe(`A token that is there already. ${SEES}`),
        session_token_response_key: z.string().describe(`The member of the login's answer that is the token. ${SEES}`),
        username: z.string().default("").describe(`The user's name. ${SEES}`),
        password: z.string().default("").describe(`The user's password. ${SEES}`),
        validate_session_url: z
          .string()
          .describe(`The path, put behind the requester's URL, that answers well while the token is good. ${SEES}`),
      })
      .meta({
        deprecated: true,
        description: "An older form of `SessionTokenAuthenticator`: a login by name and password.",
      }),
  create(spec, scope): Authenticator {
    const text = (source: string): (() => string) => {
      const evaluate = scope.text(source);
      return () => evaluate({});
    };
    const base = text(scope.stream.url ?? "");
    const header = text(spec.header);
    const given = text(spec.session_token);
    const username = scope.template(spec.username);
    const password = scope.template(spec.password);
    const key = text(spec.session_token_response_key);
    const loginPath = text(spec.login_url);
    const validationPath = text(spec.validate_session_url);

    async function isGood(token: string): Promise<boolean> {
      const url = base() + validationPath();
      const { status } = await ask(scope.run, { method: "GET", url, headers: { [header()]: token } });
      if (status === 401) scope.run.log("INFO", `${url} does not take the config's session token.`);
      else if (status >= 400) throw refused(url, status);
      return status !== 401;
    }

    async function token(): Promise<string> {
      const present = given();
      if (present !== "" && (await isGood(present))) return present;
      const login = { url: base() + loginPath(), user: username({}) ?? "", password: password({}) ?? "", key: key() };
      if (!truthy(login.user) || !truthy(login.password)) {
        throw configError("There is no session token that is good, and no user name and password to get one by.");
      }
      return scope.run.shared(`session ${printJson(login)}`, () => createSession(scope.run, login))();
    }

    return {
      apply: async (request) => withHeader(request, header(), await token()),
      options: () => Promise.resolve(headerName(header())),
    };
  },
});

interface Login extends JsonObject {
  readonly url: string;
  readonly user: Json;
  readonly password: Json;
  /** The member of the answer that is the token. */
  readonly key: string;
}

/** Seconds for which a token is used. */
const DAY = 86_400;

/** Gives a session's token, logging in once a day for all streams. */
function createSession(run: Run, { url, user, password, key }: Login): () => Promise<string> {
  let token: Promise<string> | undefined;
  let since = 0;
  async function login(): Promise<string> {
    const json = { username: user, password };
    const headers = { "Content-Type": "application/json" };
    const response = await ask(run, { method: "POST", url, headers, json });
    if (response.status >= 400) throw refused(url, response.status);
    const body = await response.json();
    const member = body !== undefined && isObject(body) ? get(body, key) : undefined;
    if (member === undefined) throw systemError(`The answer of the login at ${url} has no "${key}".`);
    run.secret(str(member));
    return str(member);
  }
  return () => {
    if (token === undefined || monotonicSeconds() - since >= DAY) {
      since = monotonicSeconds();
      token = login().catch((error: unknown) => {
        token = undefined; // the next one tries again
        throw error;
      });
    }
    return token;
  };
}

async function ask(run: Run, parts: RequestParts): Promise<HttpResponse> {
  try {
    const response = await run.send(prepareRequest(parts), { signal: run.signal });
    await response.bytes(); // all of it, whoever reads it: so the connection is free again
    return response;
  } catch (error) {
    if (isHttpFailure(error)) throw transientError(`${parts.url} gave no answer. ${error.message}`, { cause: error });
    throw error;
  }
}

const refused = (url: string, status: number): Error =>
  systemError(`The session token could not be had: ${url} answered with status ${status}.`);
