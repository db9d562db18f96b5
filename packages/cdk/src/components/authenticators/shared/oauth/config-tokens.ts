import type { Scope } from "../../../../component.ts";
import { configError } from "../../../../errors.ts";
import { str } from "../../../../json/python-text.ts";
import type { Json } from "../../../../json/value.ts";
import { createFlight } from "../flight.ts";
import { fetchToken } from "./fetch-token.ts";
import { rejectionOf, type OAuthSpec } from "./oauth-spec.ts";
import { readToken } from "./token-answer.ts";
import { createTokenHolder, type TokenHolder } from "./token-holder.ts";
import { tokenRequest } from "./token-request.ts";
import { configStore, configValue, type TokenPaths } from "./token-stores.ts";
import { tokenTerms } from "./token-terms.ts";

/** Tokens that are kept in the config: each new refresh token goes to the platform before the old one is forgotten. */
export function configTokens(spec: OAuthSpec, scope: Scope): TokenHolder {
  const { run, config } = scope;
  const updater = spec.refresh_token_updater ?? {};
  const terms = tokenTerms(spec, scope);
  const url = terms.endpoint();
  if (url === undefined) {
    throw configError("OAuthAuthenticator: a `refresh_token_updater` needs a `token_refresh_endpoint`.");
  }
  const rejection = rejectionOf(spec);
  const paths: TokenPaths = {
    accessToken: updater.access_token_config_path ?? ["credentials", "access_token"],
    refreshToken: updater.refresh_token_config_path ?? ["credentials", "refresh_token"],
    expiry: updater.token_expiry_date_config_path ?? ["credentials", "token_expiry_date"],
  };
  const store = configStore(config, paths);
  store.expiry(); // a date that is none is told at once
  const refreshToken = configValue(config, paths.refreshToken);
  const refreshTokenName = updater.refresh_token_name || "refresh_token";
  // The credentials of a config count more than the manifest's own.
  const configClientId = configValue(config, ["credentials", "client_id"]);
  const configClientSecret = configValue(config, ["credentials", "client_secret"]);

  return createTokenHolder(
    store,
    async () => {
      const said = terms.grant(url, {
        clientId: textOf(configClientId()) ?? terms.clientId() ?? "",
        clientSecret: textOf(configClientSecret()) ?? terms.clientSecret() ?? "",
        refreshTokenName,
        refreshToken: refreshToken() === undefined ? "" : refreshToken(),
        assertion: undefined,
      });
      const hidden = [textOf(refreshToken()) ?? "", said.clientSecret ?? ""];
      const answer = await fetchToken(scope, tokenRequest(said), rejection, hidden);
      const fresh = readToken(answer, terms.answerNames(refreshTokenName), store.expiry());
      run.secret(fresh.accessToken);
      if (typeof fresh.refreshToken === "string") run.secret(fresh.refreshToken);
      return fresh;
    },
    run.shared(`oauth refresh ${JSON.stringify(paths.refreshToken)}`, createFlight),
  );
}

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : str(value);
