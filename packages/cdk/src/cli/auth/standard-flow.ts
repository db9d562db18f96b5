import { configError } from "../../errors.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** What the command line says of a flow that a manifest does not describe. */
export interface FlowAddresses {
  readonly consentUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly scope?: string | undefined;
}

/**
 * The input specification of a connector whose own says only which values go where, as the platform has code for its API. The
 * flow is the standard's then, with PKCE.
 * @throws a config error where the addresses are not known
 */
export function standardFlow(
  { consentUrl, tokenUrl, scope = "" }: FlowAddresses,
  manifest: JsonObject | undefined,
): JsonObject {
  const endpoint = tokenUrl ?? tokenEndpoint(manifest);
  const missing = [
    ...(consentUrl === undefined ? ["--consent-url URL (the API's authorization endpoint)"] : []),
    ...(endpoint === undefined ? ["--token-url URL (its token endpoint)"] : []),
  ];
  if (consentUrl === undefined || endpoint === undefined) {
    throw configError(
      "The specification says which values a sign-in by OAuth gives, but not where to sign in: it has no " +
        `oauth_connector_input_specification. Give ${missing.join(" and ")}, and --scope where the API wants one.`,
      { code: "no-oauth" },
    );
  }
  const isScoped = scope !== "";
  return {
    consent_url:
      `${consentUrl}${consentUrl.includes("?") ? "&" : "?"}response_type=code&{{client_id_param}}&{{redirect_uri_param}}&` +
      `${isScoped ? "{{scope_param}}&" : ""}{{state_param}}` +
      "&code_challenge={{code_verifier | codechallengeS256}}&code_challenge_method=S256",
    access_token_url: endpoint,
    access_token_headers: { "Content-Type": "application/x-www-form-urlencoded" },
    access_token_params: {
      grant_type: "authorization_code",
      code: "{{auth_code_value}}",
      redirect_uri: "{{redirect_uri_value}}",
      client_id: "{{client_id_value}}",
      client_secret: "{{client_secret_value}}",
      code_verifier: "{{code_verifier}}",
    },
    ...(isScoped ? { scope } : {}),
  };
}

/** Where the manifest renews tokens, which is mostly also where they come from. One that depends on the config is not known. */
function tokenEndpoint(value: Json | undefined): string | undefined {
  if (isList(value)) return value.map(tokenEndpoint).find((found) => found !== undefined);
  if (!isObject(value)) return undefined;
  const own = get(value, "type") === "OAuthAuthenticator" ? get(value, "token_refresh_endpoint") : undefined;
  if (typeof own === "string" && !own.includes("{{")) return own;
  return entries(value)
    .map(([, member]) => tokenEndpoint(member))
    .find((found) => found !== undefined);
}
