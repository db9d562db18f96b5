import type { Scope } from "../../../../component.ts";
import { systemError } from "../../../../errors.ts";
import { mappingOf, type OAuthSpec } from "./oauth-spec.ts";
import type { AnswerNames } from "./token-answer.ts";
import type { TokenGrant } from "./token-request.ts";

/** The parts of a token request whose source depends on who keeps the tokens. */
export type GrantParties = Pick<
  TokenGrant,
  "clientId" | "clientSecret" | "refreshTokenName" | "refreshToken" | "assertion"
>;

/** What a manifest says of token requests and their answers; evaluated whenever asked for. */
export interface TokenTerms {
  grantType(): string;
  clientId(): string | undefined;
  clientSecret(): string | undefined;
  refreshTokenName(): string;
  refreshToken(): string | undefined;
  /** Undefined where there is no endpoint. */
  endpoint(): string | undefined;
  grant(endpoint: string, parties: GrantParties): TokenGrant;
  answerNames(refreshTokenName?: string): AnswerNames;
}

export function tokenTerms(spec: OAuthSpec, scope: Scope): TokenTerms {
  const optional = (source: string | undefined): (() => string | undefined) => {
    if (source === undefined) return () => undefined;
    const evaluate = scope.text(source);
    return () => evaluate({});
  };
  /** Empty texts count as left out. */
  const named = (source: string, standard: string): (() => string) => {
    const evaluate = scope.text(source === "" ? standard : source);
    return () => evaluate({});
  };
  const grantType = spec.use_profile_assertion
    ? () => "urn:ietf:params:oauth:grant-type:jwt-bearer"
    : named(spec.grant_type, "refresh_token");
  const grantTypeName = named(spec.grant_type_name, "grant_type");
  const clientIdName = named(spec.client_id_name, "client_id");
  const clientSecretName = named(spec.client_secret_name, "client_secret");
  const accessTokenName = named(spec.access_token_name, "access_token");
  const expiresInName = named(spec.expires_in_name, "expires_in");
  const endpoint = optional(spec.token_refresh_endpoint);
  const body = scope.mapping(mappingOf(spec.refresh_request_body));
  const headers = scope.mapping(mappingOf(spec.refresh_request_headers));
  return {
    grantType,
    clientId: optional(spec.client_id),
    clientSecret: optional(spec.client_secret),
    refreshTokenName: named(spec.refresh_token_name, "refresh_token"),
    refreshToken: optional(spec.refresh_token),
    endpoint() {
      const url = endpoint();
      if (url === "") throw systemError("OAuthAuthenticator: `token_refresh_endpoint` comes to nothing.");
      return url;
    },
    grant: (url, parties) => ({
      ...parties,
      endpoint: url,
      grantTypeName: grantTypeName(),
      grantType: grantType(),
      clientIdName: clientIdName(),
      clientSecretName: clientSecretName(),
      scopes: spec.scopes ?? [],
      body: body({}),
      headers: headers({}),
      inQuery: spec.send_refresh_request_as_query_params,
    }),
    answerNames: (refreshTokenName) => ({
      accessToken: accessTokenName(),
      expiresIn: expiresInName(),
      refreshToken: refreshTokenName,
      expiryIsMoment: (spec.token_expiry_date_format ?? "") !== "",
    }),
  };
}
