import type { Scope } from "../../../../component.ts";
import { formatAnyDatetime, parseAnyDatetime } from "../../../../datetime/airbyte-datetime.ts";
import type { DateTime } from "../../../../datetime/datetime.ts";
import { configError, systemError } from "../../../../errors.ts";
import { printJson } from "../../../../json/print.ts";
import { str } from "../../../../json/python-text.ts";
import type { Json } from "../../../../json/value.ts";
import { createFlight } from "../flight.ts";
import { sharedToken } from "../shared-token.ts";
import { fetchToken } from "./fetch-token.ts";
import { rejectionOf, type OAuthSpec } from "./oauth-spec.ts";
import { readToken } from "./token-answer.ts";
import { createTokenHolder, type TokenHolder } from "./token-holder.ts";
import { tokenRequest, type TokenGrant } from "./token-request.ts";
import { memoryStore } from "./token-stores.ts";
import { tokenTerms, type TokenTerms } from "./token-terms.ts";

/** Tokens that live as long as the run. Streams that would ask for the same token share it. */
export function ownTokens(spec: OAuthSpec, scope: Scope): TokenHolder {
  const { run } = scope;
  const terms = tokenTerms(spec, scope);
  assertComplete(spec, terms);
  const rejection = rejectionOf(spec);
  const profile = spec.profile_assertion && scope.build(spec.profile_assertion);
  const token = spec.access_token_value ? scope.text(spec.access_token_value)({}) : undefined;
  const expiry = spec.token_expiry_date ? readExpiryDate(scope.template(spec.token_expiry_date)({})) : undefined;

  const grant = (url: string, assertion?: string): TokenGrant =>
    terms.grant(url, {
      clientId: terms.clientId() || undefined,
      clientSecret: terms.clientSecret(),
      refreshTokenName: terms.refreshTokenName(),
      refreshToken: terms.refreshToken(),
      assertion,
    });

  function createHolder(url: string): TokenHolder {
    const store = memoryStore(token, expiry);
    const fetch: Parameters<typeof createTokenHolder>[1] = async () => {
      const said = grant(url, spec.use_profile_assertion ? await profile?.credential?.() : undefined);
      if (said.assertion === undefined && !said.clientSecret) {
        run.log("WARN", "OAuthAuthenticator: `client_secret` comes to nothing; the token is asked for without one.");
      }
      const hidden = [terms.refreshToken() ?? "", said.clientSecret ?? ""];
      const answer = await fetchToken(scope, tokenRequest(said), rejection, hidden);
      const fresh = readToken(answer, terms.answerNames(), store.expiry());
      run.secret(fresh.accessToken);
      return fresh;
    };
    return createTokenHolder(store, fetch, createFlight());
  }

  /** Streams have authenticators of their own, but one token serves them all where they would ask for the same. */
  function sharedHolder(url: string): TokenHolder {
    const said: readonly (Json | undefined)[] = [
      ...Object.values(grant(url) as unknown as Record<string, Json | undefined>), // all its members are JSON
      ...Object.values(terms.answerNames() as unknown as Record<string, Json | undefined>), // as above
      spec.profile_assertion && scope.spec(spec.profile_assertion),
      token,
      expiry && formatAnyDatetime(expiry),
    ];
    return sharedToken(run, `oauth ${printJson(said.map((part) => part ?? null))}`, () => createHolder(url));
  }

  let kept: TokenHolder | undefined;
  function holder(): TokenHolder {
    if (kept !== undefined) return kept;
    const url = terms.endpoint();
    if (url !== undefined) return (kept = sharedHolder(url));
    throw systemError(
      "OAuthAuthenticator: there is neither a `token_refresh_endpoint` to get an access token from, nor an `access_token_value`.",
    );
  }
  return {
    current: async () => (token !== undefined && terms.endpoint() === undefined ? token : holder().current()),
    refresh: async () => holder().refresh(),
  };
}

function assertComplete(spec: OAuthSpec, terms: TokenTerms): void {
  if (spec.use_profile_assertion && spec.profile_assertion === undefined) {
    throw configError("OAuthAuthenticator: `use_profile_assertion` needs a `profile_assertion`.");
  }
  if (!spec.use_profile_assertion && (spec.client_id === undefined || spec.client_secret === undefined)) {
    throw configError("OAuthAuthenticator: `client_id` and `client_secret` are both needed.");
  }
  if (terms.grantType() === "refresh_token" && spec.refresh_token === undefined) {
    throw configError(
      "OAuthAuthenticator: `grant_type: refresh_token`, which is the default, needs a `refresh_token`. State " +
        "`grant_type: client_credentials` where the API gives tokens to the client itself.",
    );
  }
}

function readExpiryDate(value: Json | undefined): DateTime {
  try {
    return parseAnyDatetime(value ?? null);
  } catch (cause) {
    throw configError(
      `OAuthAuthenticator: \`token_expiry_date\` comes to "${str(value ?? null)}", which is no date and time.`,
      {
        cause,
      },
    );
  }
}
