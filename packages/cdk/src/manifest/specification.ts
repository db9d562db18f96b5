import { configError } from "../errors.ts";
import { fromEntries, get, has, isObject, set, type Json, type JsonObject } from "../json/value.ts";
import type { ConnectorSpecification } from "../protocol/messages.gen.ts";

/** The connector's specification, as the manifest's `spec` states it. */
export function specificationOf(manifest: JsonObject): ConnectorSpecification {
  const spec = get(manifest, "spec");
  if (!isObject(spec)) throw configError("The manifest has no `spec`. Add one that says what the config looks like.");
  const connection = get(spec, "connection_specification");
  const documentation = get(spec, "documentation_url");
  const auth = get(spec, "advanced_auth");
  return {
    connectionSpecification: isObject(connection) ? connection : {},
    ...(typeof documentation === "string" && documentation !== "" ? { documentationUrl: documentation } : {}),
    supportsNormalization: false,
    supportsDBT: false,
    ...(isObject(auth) ? { advanced_auth: advancedAuth(auth) } : {}),
  }; // the flow's fields are those of the protocol, given as data
}

const flowFields = ["auth_flow_type", "predicate_key", "predicate_value", "oauth_config_specification"];
const oauthFields = [
  "oauth_user_input_from_connector_config_specification",
  "oauth_connector_input_specification",
  "complete_oauth_output_specification",
  "complete_oauth_server_input_specification",
  "complete_oauth_server_output_specification",
];
const inputFields = [
  "consent_url",
  "access_token_url",
  "scope",
  "scopes",
  "optional_scopes",
  "scopes_join_strategy",
  "access_token_headers",
  "access_token_params",
  "extract_output",
  "state",
  "client_id_key",
  "client_secret_key",
  "scope_key",
  "state_key",
  "auth_code_key",
  "redirect_uri_key",
];

/** The authentication flow with the protocol's fields only, not those of the manifest language. */
function advancedAuth(auth: JsonObject): JsonObject {
  const flow = only(auth, flowFields);
  const oauth = get(flow, "oauth_config_specification");
  if (isObject(oauth)) {
    const known = only(oauth, oauthFields);
    const input = get(known, "oauth_connector_input_specification");
    if (isObject(input)) {
      const inputs = only(input, inputFields);
      if (!has(inputs, "scopes_join_strategy")) set(inputs, "scopes_join_strategy", "space");
      set(known, "oauth_connector_input_specification", inputs);
    }
    set(flow, "oauth_config_specification", known);
  }
  return flow;
}

function only(object: JsonObject, names: readonly string[]): JsonObject {
  return fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = get(object, name);
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}
