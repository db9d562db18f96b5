import { component, type Component } from "../../component.ts";
import { printPython } from "../../json/print-python.ts";
import { truthy } from "../../json/truthy.ts";
import { get, remove, set, type JsonObject } from "../../json/value.ts";
import type { Authenticator } from "../../roles.ts";
import { ref } from "../shared/refs.ts";
import { injectAuthenticator } from "./shared/inject-authenticator.ts";
import { claims, textField } from "./shared/jwt/claims.ts";
import { ALGORITHMS, createSigner } from "./shared/jwt/signer.ts";
import { buildOption } from "../shared/build-option.ts";

const SEES = "May see: config, json_loads, parameters.";

export const jwtAuthenticator: Component<"authenticator"> = component({
  kind: "authenticator",
  type: "JwtAuthenticator",
  description: "Signs a token (JWT) with a key, and sends it with each request.",
  schema: (slot, z) => {
    const text = (described: string) => z.string().optional().describe(`${described} ${SEES}`);
    return z.object({
      secret_key: z.string().describe(`The secret, or the private key in PEM, that tokens are signed with. ${SEES}`),
      base64_encode_secret_key: z.boolean().default(false).describe("Whether the secret is used in base64."),
      algorithm: z.enum(ALGORITHMS).describe("How tokens are signed."),
      token_duration: z.int().default(1200).describe("How many seconds a token is good for."),
      header_prefix: text("What stands before the token, such as Bearer."),
      jwt_headers: z
        .strictObject({
          kid: text("The id of the key."),
          typ: text("The type of the token; JWT when left out."),
          cty: text("The type of its content."),
        })
        .optional()
        .describe("Headers of the token."),
      additional_jwt_headers: z.looseObject({}).optional().describe(`More headers of the token. ${SEES}`),
      jwt_payload: z
        .strictObject({
          iss: text("Who makes the token."),
          sub: text("Whom it speaks of."),
          aud: text("Whom it is for."),
        })
        .optional()
        .describe("What the token says."),
      additional_jwt_payload: z.looseObject({}).optional().describe(`More that the token says. ${SEES}`),
      passphrase: text("What opens the private key where it is encrypted."),
      request_option: slot("requestOption", ["RequestOption"])
        .optional()
        .describe("Where the token goes in a request; the header Authorization when left out."),
    });
  },
  create(spec, scope): Authenticator {
    const { algorithm, token_duration, base64_encode_secret_key } = spec;
    const sign = createSigner(algorithm);
    const secretKey = textField(spec.secret_key, scope);
    const passphrase = textField(spec.passphrase, scope);
    const prefix = textField(spec.header_prefix, scope);
    const { kid, typ = "JWT", cty } = spec.jwt_headers ?? {};
    const headers = claims(
      "additional_jwt_headers",
      { additional: json(spec.additional_jwt_headers), standard: { kid, typ, cty }, texts: ["kid"], reserved: ["alg"] },
      scope,
    );
    const { iss, sub, aud } = spec.jwt_payload ?? {};
    const payload = claims(
      "additional_jwt_payload",
      {
        additional: json(spec.additional_jwt_payload),
        standard: { iss, sub, aud },
        texts: ["iss"],
        reserved: ["iat", "exp", "nbf"],
      },
      scope,
    );

    function token(): string {
      const now = Math.floor(Date.now() / 1000);
      const head: JsonObject = { typ: "JWT", ...headers(), alg: algorithm };
      if (!truthy(get(head, "typ") ?? "")) remove(head, "typ");
      const body = payload();
      for (const [name, moment] of [
        ["iat", now],
        ["exp", now + token_duration],
        ["nbf", now],
      ] as const)
        set(body, name, moment);
      const content = `${encode(head, true)}.${encode(body, false)}`;
      const opensWith = passphrase();
      const secret = secretKey();
      const key = base64_encode_secret_key && opensWith === "" ? Buffer.from(secret).toString("base64") : secret;
      return `${content}.${sign(content, key, opensWith).toString("base64url")}`;
    }
    const credential = (): string => {
      const before = prefix();
      return before === "" ? token() : `${before} ${token()}`;
    };
    const option = ref("requestOption", {
      type: "RequestOption",
      inject_into: "header",
      field_name: "Authorization",
    });
    return {
      ...injectAuthenticator(buildOption(spec.request_option ?? option, scope), credential),
      credential: () => Promise.resolve(credential()),
    };
  },
});

const encode = (part: JsonObject, sortKeys: boolean): string =>
  Buffer.from(printPython(part, { sortKeys, separators: [",", ":"] })).toString("base64url");

/** An open mapping of the manifest, which is JSON. */
const json = (mapping: Readonly<Record<string, unknown>> | undefined): JsonObject => (mapping ?? {}) as JsonObject;
