import type { Ref } from "../../../../component.ts";
import { configError } from "../../../../errors.ts";
import type { JsonObject } from "../../../../json/value.ts";
import type { Rejection } from "./fetch-token.ts";

interface RejectionSpec {
  readonly refresh_token_error_status_codes?: readonly number[] | undefined;
  readonly refresh_token_error_key?: string | undefined;
  readonly refresh_token_error_values?: readonly string[] | undefined;
}

/** What a manifest says of an `OAuthAuthenticator`. */
export interface OAuthSpec extends RejectionSpec {
  readonly client_id_name: string;
  readonly client_id?: string | undefined;
  readonly client_secret_name: string;
  readonly client_secret?: string | undefined;
  readonly refresh_token_name: string;
  readonly refresh_token?: string | undefined;
  readonly token_refresh_endpoint?: string | undefined;
  readonly access_token_name: string;
  readonly access_token_value?: string | undefined;
  readonly expires_in_name: string;
  readonly grant_type_name: string;
  readonly grant_type: string;
  readonly refresh_request_body?: Readonly<Record<string, unknown>> | undefined;
  readonly refresh_request_headers?: Readonly<Record<string, unknown>> | undefined;
  readonly send_refresh_request_as_query_params: boolean;
  readonly scopes?: readonly string[] | undefined;
  readonly token_expiry_date?: string | undefined;
  readonly token_expiry_date_format?: string | undefined;
  readonly refresh_token_updater?: UpdaterSpec | null | undefined;
  readonly profile_assertion?: Ref<"authenticator"> | undefined;
  readonly use_profile_assertion: boolean;
}

interface UpdaterSpec extends RejectionSpec {
  readonly refresh_token_name?: string | undefined;
  readonly access_token_config_path?: readonly string[] | undefined;
  readonly refresh_token_config_path?: readonly string[] | undefined;
  readonly token_expiry_date_config_path?: readonly string[] | undefined;
}

/** How a refused refresh token is told: by the authenticator or, in older manifests, by its updater. */
export function rejectionOf(spec: OAuthSpec): Rejection {
  const places = [spec, spec.refresh_token_updater ?? {}].filter(states);
  if (places.length > 1) {
    throw configError(
      "OAuthAuthenticator: state `refresh_token_error_…` at the authenticator or at its refresh_token_updater, not at both.",
    );
  }
  const [place] = places;
  if (place === undefined) {
    return { statuses: [400], key: "error", values: ["invalid_grant", "invalid_permissions"] };
  }
  return {
    statuses: place.refresh_token_error_status_codes ?? [],
    key: place.refresh_token_error_key ?? "",
    values: place.refresh_token_error_values ?? [],
  };
}

const states = (place: RejectionSpec): boolean =>
  (place.refresh_token_error_status_codes ?? []).length > 0 ||
  (place.refresh_token_error_key ?? "") !== "" ||
  (place.refresh_token_error_values ?? []).length > 0;

/** A mapping of the manifest, which is JSON: the schema only says that it is open. */
export const mappingOf = (mapping: Readonly<Record<string, unknown>> | undefined): JsonObject =>
  (mapping ?? {}) as JsonObject;
