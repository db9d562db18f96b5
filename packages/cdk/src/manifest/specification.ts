import { configError } from "../errors.ts";
import { get, isObject, type JsonObject } from "../json/value.ts";
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
    ...(typeof documentation === "string" ? { documentationUrl: documentation } : {}),
    ...(isObject(auth) ? { advanced_auth: advancedAuth(auth) } : {}),
  } as ConnectorSpecification; // the flow's fields are those of the protocol, given as data
}

/** The authentication flow without what only the manifest language has: types and parameters. */
function advancedAuth(auth: JsonObject): JsonObject {
  return auth;
}
