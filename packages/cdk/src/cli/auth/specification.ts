import { configError } from "../../errors.ts";
import { get, isObject, type JsonObject } from "../../json/value.ts";
import type { ConnectorSpecification } from "../../protocol/messages.gen.ts";
import type { Connector } from "../connector/open-connector.ts";
import { resolvedManifest } from "../connector/resolved-manifest.ts";
import { runVerb } from "../connector/run-verb.ts";
import { oauthFlowOf, type OAuthFlow } from "./oauth-flow.ts";

/** How a connector signs in, and what else of it matters for that. */
export interface SignInDescription {
  readonly flow: OAuthFlow;
  readonly spec: ConnectorSpecification;
  readonly manifest: JsonObject | undefined;
}

export async function describeSignIn(connector: Connector): Promise<SignInDescription> {
  const manifest = await resolvedManifest(connector);
  let spec: ConnectorSpecification | undefined;
  let problem = "it gave none";
  await runVerb(
    connector,
    "spec",
    {},
    {
      onMessage(message) {
        if (message.type === "SPEC") spec = message.spec;
        if (message.type === "TRACE") problem = message.trace.error?.message ?? problem;
      },
    },
  );
  if (spec === undefined) throw configError(`The specification of ${connector.name} cannot be had: ${problem}`);
  // The manifest's own has members that the protocol's does not, such as `token_expiry_key`.
  const own = manifest === undefined ? undefined : get(manifest, "spec");
  const auth = (isObject(own) ? get(own, "advanced_auth") : undefined) ?? spec.advanced_auth;
  return { flow: oauthFlowOf(auth, connector.name), spec, manifest };
}
