import { configError } from "../../errors.ts";
import { entries, get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** The sign-in that a connector's specification describes. */
export interface OAuthFlow {
  /** How the user is asked and the token got; undefined where the platform has code of its own for it. */
  readonly input: JsonObject | undefined;
  /** Values of the config that the flow needs. */
  readonly userInput: readonly OAuthField[];
  /** What comes of it, and where it goes in the config. */
  readonly outputs: readonly OAuthField[];
  /** What an administrator of the platform brings, and where the connector has it: the client's credentials. */
  readonly serverInput: readonly OAuthField[];
  readonly serverOutputs: readonly OAuthField[];
  /** The member of the config that says that this sign-in is used, and what it says then. */
  readonly predicate: { readonly path: readonly string[]; readonly value: string } | undefined;
}

export interface OAuthField {
  readonly name: string;
  /** Where it stands in the config. */
  readonly path: readonly string[];
  /** Where it stands in the token endpoint's answer, where that is said. */
  readonly inAnswer: readonly string[] | undefined;
  readonly type: string | undefined;
  readonly isRequired: boolean;
}

/**
 * Reads `advanced_auth` of a specification.
 * @throws a config error where there is none, or one of OAuth 1
 */
export function oauthFlowOf(advancedAuth: Json | undefined, connector: string): OAuthFlow {
  if (!isObject(advancedAuth)) {
    throw configError(
      `${connector} describes no sign-in by OAuth: its specification has no advanced_auth. ` +
        "Put the credentials into the config; ferry spec shows what it takes.",
      { code: "no-oauth" },
    );
  }
  const type = get(advancedAuth, "auth_flow_type");
  if (type === "oauth1.0") {
    throw configError(`${connector} signs in by OAuth 1.0, which ferry auth login does not speak: it speaks OAuth 2.`, {
      code: "no-oauth",
    });
  }
  const given = get(advancedAuth, "oauth_config_specification");
  const config: JsonObject = isObject(given) ? given : {};
  const input = get(config, "oauth_connector_input_specification");
  const properties = isObject(input) ? get(input, "properties") : undefined;
  const key = get(advancedAuth, "predicate_key");
  const value = get(advancedAuth, "predicate_value");
  return {
    input: isObject(properties) ? properties : isObject(input) ? input : undefined,
    userInput: fieldsOf(get(config, "oauth_user_input_from_connector_config_specification")),
    outputs: fieldsOf(get(config, "complete_oauth_output_specification")),
    serverInput: fieldsOf(get(config, "complete_oauth_server_input_specification")),
    serverOutputs: fieldsOf(get(config, "complete_oauth_server_output_specification")),
    predicate:
      isList(key) && key.length > 0 && typeof value === "string" ? { path: key.map(String), value } : undefined,
  };
}

/** Fields stand in the `properties` of a JSON Schema, or by themselves. */
function fieldsOf(given: Json | undefined): OAuthField[] {
  if (!isObject(given)) return [];
  const properties = get(given, "properties");
  const required = get(given, "required");
  return entries(isObject(properties) ? properties : given).flatMap(([name, field]) => {
    if (!isObject(field)) return [];
    const type = get(field, "type");
    return [
      {
        name,
        path: pathOf(get(field, "path_in_connector_config")) ?? [name],
        inAnswer: pathOf(get(field, "path_in_oauth_response")),
        type: typeof type === "string" ? type : undefined,
        isRequired: isList(required) && required.includes(name),
      },
    ];
  });
}

const pathOf = (path: Json | undefined): readonly string[] | undefined =>
  isList(path) && path.length > 0 ? path.map(String) : undefined;
