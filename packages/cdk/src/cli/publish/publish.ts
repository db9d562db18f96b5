import type { Send } from "../../http/types.ts";
import { get, isObject, keys, type Json } from "../../json/value.ts";
import { openConnector } from "../connector/open-connector.ts";
import { readMetadata, textOf } from "../connector/read-metadata.ts";
import { buildImage } from "../image/build.ts";
import { parseReference } from "../image/reference.ts";
import { formatOf } from "../terminal/format.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { findWorkspace, openDefinitions } from "./definitions.ts";
import { openPlatform, type ApiName, type PlatformCredentials } from "./platform.ts";
import { register } from "./register.ts";

export interface PublishOptions {
  readonly target: string;
  readonly tag: string;
  readonly platform: string | undefined;
  readonly base: string;
  readonly insecure: boolean;
  /** Whether the image is built and pushed first. */
  readonly push: boolean;
  readonly url: string;
  readonly api: ApiName;
  readonly workspace: string | undefined;
  readonly name: string | undefined;
  readonly format: "text" | "json" | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly send: Send;
  readonly signal: AbortSignal;
}

/** Pushes a connector's image, registers it with Airbyte and shows the spec that Airbyte got from it. */
export async function publish(options: PublishOptions, terminal: Terminal): Promise<void> {
  const { target, tag, env, send, signal, api } = options;
  const connector = await openConnector(target);
  const { registry, repository, tag: dockerImageTag } = parseReference(tag);
  const platform = openPlatform({ url: options.url, credentials: credentialsOf(env), send, signal });
  const workspaceId = await findWorkspace(platform, options.workspace); // told before the image is built
  if (options.push) {
    const { base, platform: platforms, insecure } = options;
    const images = {
      base,
      platform: platforms,
      output: ["registry"],
      labels: {},
      registry: { send, env, signal, insecure },
    };
    const { digest, outputs } = await buildImage({ connector, tag, ...images }, terminal);
    terminal.complain(`Pushed ${outputs.join(", ")}\n${digest}\n`);
  }
  const metadata = await readMetadata(connector.folder);
  const registered = await register(openDefinitions(platform, api, workspaceId), {
    name: options.name ?? textOf(metadata["name"]) ?? connector.name,
    dockerRepository: `${registry}/${repository}`,
    dockerImageTag,
    documentationUrl: textOf(metadata["documentationUrl"]) ?? "https://docs.airbyte.com",
  });
  if (formatOf(options.format, terminal, "json") === "json") {
    return terminal.print(`${JSON.stringify({ workspaceId, ...registered })}\n`);
  }
  const { definition, done, spec } = registered;
  const { style } = terminal;
  terminal.print(
    `${style.green("✓")} ${style.bold(definition.name)} ${done} as ${definition.id}, ${definition.dockerRepository}:${definition.dockerImageTag}\n` +
      `  ${spec === undefined ? "the public API does not tell the spec" : `the platform got its spec: ${fieldsOf(spec)}`}\n`,
  );
}

/** `AIRBYTE_TOKEN`, or `AIRBYTE_CLIENT_ID` and `AIRBYTE_CLIENT_SECRET`; none for an instance that asks for none. */
function credentialsOf(env: PublishOptions["env"]): PlatformCredentials {
  const { AIRBYTE_TOKEN: token, AIRBYTE_CLIENT_ID: clientId, AIRBYTE_CLIENT_SECRET: clientSecret } = env;
  if (token !== undefined && token !== "") return { token };
  return clientId !== undefined && clientSecret !== undefined ? { clientId, clientSecret } : undefined;
}

function fieldsOf(spec: Json): string {
  const properties = isObject(spec) ? get(spec, "properties") : undefined;
  return isObject(properties) ? keys(properties).join(", ") || "no fields" : "no fields";
}
