import { component, type Component, type Run } from "../../component.ts";
import { add, compare } from "../../datetime/arithmetic.ts";
import type { Duration } from "../../datetime/calendar-duration.ts";
import type { DateTime } from "../../datetime/datetime.ts";
import { now } from "../../datetime/epoch.ts";
import { parseDuration } from "../../datetime/iso-duration.ts";
import { configError, systemError } from "../../errors.ts";
import { printJson } from "../../json/print.ts";
import { str } from "../../json/python-text.ts";
import type { Json } from "../../json/value.ts";
import type { Authenticator, Decoder, Requester } from "../../roles.ts";
import { compilePath } from "../shared/dpath/path.ts";
import { emptySlice } from "../shared/empty-slice.ts";
import { ref } from "../shared/refs.ts";
import { headerAuthenticator } from "./shared/header-authenticator.ts";
import { sharedToken } from "./shared/shared-token.ts";
import { injectAuthenticator } from "./shared/inject-authenticator.ts";
import { buildOption } from "../shared/build-option.ts";

export const sessionTokenAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "SessionTokenAuthenticator",
  description: "Signs in by a request of its own, and sends the token of its answer with all others.",
  schema: (slot, z) =>
    z.object({
      login_requester: slot("requester", ["HttpRequester"]).describe("The request that opens a session."),
      session_token_path: z.array(z.string()).describe("Where its answer holds the token."),
      expiration_duration: z
        .string()
        .optional()
        .describe("How long the token holds, an ISO 8601 duration; each request logs in anew when left out."),
      request_authentication: z
        .discriminatedUnion("type", [
          z.looseObject({
            type: z.literal("ApiKey"),
            inject_into: slot("requestOption", ["RequestOption"]).describe("Where the token goes in a request."),
            api_token: z
              .string()
              .optional()
              .describe("What is sent of it. May see: config, parameters, session_token."),
          }),
          z.looseObject({ type: z.literal("Bearer") }),
        ])
        .describe("How requests carry the token."),
      decoder: slot("decoder", ["JsonDecoder", "XmlDecoder"]).optional().describe("How the answer is read; JSON."),
    }),
  create(spec, scope): Authenticator {
    const name = `${scope.stream.name}_login_requester`;
    const decoder = scope.build(spec.decoder ?? ref("decoder", { type: "JsonDecoder" }));
    const login = createLogin(
      scope.build(spec.login_requester, { name, decoder, purpose: "login" }),
      decoder,
      spec.session_token_path,
      (value) => scope.run.secret(value),
    );
    const lasts = spec.expiration_duration ? readDuration(spec.expiration_duration) : undefined;
    // A session that ends with its request is no one else's.
    const token =
      lasts === undefined
        ? login
        : sharedToken(scope.run, `session ${printJson(scope.self)}`, () => createSession(login, lasts));
    const { request_authentication: way } = spec;
    if (way.type === "Bearer") return headerAuthenticator("Authorization", async () => `Bearer ${str(await token())}`);
    const template = scope.text(way.api_token || "{{ session_token }}");
    return injectAuthenticator(buildOption(way.inject_into, scope), async () =>
      template({ session_token: await token() }),
    );
  },
});

/** Opens a session and gives its token. */
function createLogin(
  requester: Requester,
  decoder: Decoder,
  names: readonly string[],
  secret: Run["secret"],
): () => Promise<Json> {
  const path = compilePath(names);
  return async () => {
    const outcome = await requester.send({ slice: emptySlice, token: undefined }, []);
    const response = "response" in outcome ? outcome.response : undefined;
    if (response === undefined) {
      throw systemError(
        `SessionTokenAuthenticator: the login has no answer to take a token from: its error handler says ${outcome.action}.`,
      );
    }
    let token: Json | undefined;
    for await (const [body] of decoder.decode(response)) {
      if (body !== undefined) token = path.get(body);
      break;
    }
    if (token === undefined || token === null) {
      throw systemError(`SessionTokenAuthenticator: the login's answer has no session token at ${names.join(".")}.`);
    }
    secret(str(token));
    return token;
  };
}

/** The token of a session that holds for some time: who asks while a login is under way waits for that one. */
function createSession(login: () => Promise<Json>, lasts: Duration): () => Promise<Json> {
  let token: Promise<Json> | undefined;
  let expires: DateTime | undefined;
  async function open(): Promise<Json> {
    expires = undefined;
    try {
      const opened = await login();
      expires = add(now(), lasts);
      return opened;
    } catch (error) {
      token = undefined; // the next one tries again
      throw error;
    }
  }
  return () => {
    if (token === undefined || (expires !== undefined && compare(expires, now()) < 0)) token = open();
    return token;
  };
}

function readDuration(text: string): Duration {
  try {
    const duration = parseDuration(text);
    add(now(), duration); // broken months have no end
    return duration;
  } catch (cause) {
    throw configError(
      `SessionTokenAuthenticator: \`expiration_duration\` is "${text}", which is no ISO 8601 duration such as PT1H.`,
      { cause },
    );
  }
}
