import { systemError } from "../../../../errors.ts";
import type { RequestParts } from "../../../../http/prepare.ts";
import { entries, fromEntries, has, set, type Json, type JsonObject } from "../../../../json/value.ts";

/** What a token request says, as it stands now. */
export interface TokenGrant {
  readonly endpoint: string;
  readonly grantTypeName: string;
  readonly grantType: string;
  readonly clientIdName: string;
  /** Undefined where there must be one and there is none. */
  readonly clientId: string | undefined;
  readonly clientSecretName: string;
  readonly clientSecret: string | undefined;
  readonly refreshTokenName: string;
  readonly refreshToken: Json | undefined;
  readonly scopes: readonly string[];
  readonly body: JsonObject;
  readonly headers: JsonObject;
  readonly inQuery: boolean;
  /** Stands for all but the grant type. */
  readonly assertion: string | undefined;
}

/** The request that asks for a token. */
export function tokenRequest(grant: TokenGrant): RequestParts {
  const { endpoint, inQuery, assertion } = grant;
  const asserted = assertion === undefined ? undefined : { [grant.grantTypeName]: grant.grantType, assertion };
  return {
    method: "POST",
    url: endpoint,
    headers: fromEntries(entries(grant.headers).filter(([, value]) => value !== null)),
    form: asserted ?? (inQuery ? {} : standardMembers(grant)),
    params: inQuery ? standardMembers(grant) : {},
  };
}

function standardMembers(grant: TokenGrant): JsonObject {
  const members: JsonObject = {};
  set(members, grant.grantTypeName, grant.grantType);
  // Some APIs refuse credentials that come twice, in a header and by name.
  if (!has(grant.headers, "Authorization")) {
    if (grant.clientId === undefined) throw systemError("OAuthAuthenticator: `client_id` comes to nothing.");
    set(members, grant.clientIdName, grant.clientId);
    set(members, grant.clientSecretName, grant.clientSecret ?? null);
  }
  set(members, grant.refreshTokenName, grant.refreshToken ?? null);
  if (grant.scopes.length > 0) set(members, "scopes", grant.scopes);
  for (const [name, value] of entries(grant.body)) if (!has(members, name)) set(members, name, value);
  return members;
}
