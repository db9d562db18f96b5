import { get, isObject, type JsonObject } from "../../json/value.ts";
import type { ConnectorSpecification } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { specificationOf } from "../connector/specification-of.ts";
import { oauthFlowOf, type OAuthFlow } from "./oauth-flow.ts";

/** How a connector signs in, and what else of it matters for that. */
export interface SignInDescription {
  readonly flow: OAuthFlow;
  readonly spec: ConnectorSpecification;
  readonly manifest: JsonObject | undefined;
}

export async function describeSignIn(connector: Connector): Promise<SignInDescription> {
  const manifest = await resolvedManifest(connector);
  const spec = await specificationOf(connector);
  // The manifest's own has members that the protocol's does not, such as `token_expiry_key`.
  const own = manifest === undefined ? undefined : get(manifest, "spec");
  const auth = (isObject(own) ? get(own, "advanced_auth") : undefined) ?? spec.advanced_auth;
  return { flow: oauthFlowOf(auth, connector.name), spec, manifest };
}
