import { join } from "node:path";
import { configError } from "../../errors.ts";
import { createSecrets, secretsOf } from "../../entrypoint/secrets.ts";
import type { Send } from "../../http/types.ts";
import { str } from "../../json/python-text.ts";
import { get, type JsonObject } from "../../json/value.ts";
import { openConnector } from "../connector/open-connector.ts";
import { givenConfig, type GivenConfig } from "../connector/read-config.ts";
import { saveConfig } from "../connector/save-config.ts";
import type { Place } from "../run/verb-command.ts";
import { formatOf } from "../terminal/format.ts";
import { awaitConsent, consentProblem } from "./await-consent.ts";
import { checkAfter, type Checked } from "./check-after.ts";
import { clientCredentials, type GivenCredentials } from "./client-credentials.ts";
import { pointer, valueAt, withValue } from "./config-places.ts";
import { fetchTokens, tokenRequest } from "./fetch-tokens.ts";
import { renderFlowTemplate } from "./flow-template.ts";
import { createState, flowValues } from "./flow-values.ts";
import type { OAuthFlow } from "./oauth-flow.ts";
import { listenForRedirect } from "./redirect-listener.ts";
import { describeSignIn } from "./specification.ts";
import { standardFlow, type FlowAddresses } from "./standard-flow.ts";
import { tokenOutputs } from "./token-outputs.ts";

export interface LoginOptions extends GivenCredentials, FlowAddresses {
  readonly target: string;
  readonly config?: string | undefined;
  readonly port?: number | undefined;
  readonly redirectUri?: string | undefined;
  readonly browser: boolean;
  /** Seconds. */
  readonly timeout: number;
  readonly check: boolean;
  readonly format?: "text" | "json" | undefined;
}

/** Where a sign-in runs: the process, or a test. */
export interface LoginPlace extends Place {
  readonly send: Send;
  open(url: string): void;
}

/**
 * Signs in by the flow that a connector's specification describes, stores what comes of it in the config, and tries the
 * connection. Gives the exit code: 1 where that does not work.
 */
export async function login(options: LoginOptions, place: LoginPlace): Promise<number> {
  const { terminal, surroundings } = place;
  const connector = await openConnector(options.target);
  const { flow, spec, manifest } = await describeSignIn(connector);
  const given = await configFile(options.config, connector.folder);
  const input = flow.input ?? standardFlow(options, manifest);
  const around = { folder: connector.folder, env: surroundings.env };
  const client = clientCredentials(flow, input, options, given.config, around);
  const user = userValues(flow, input, given.config);
  const state = createState(input);
  const verifier = createState();
  let isStateSent = true;
  const listener = await listenForRedirect({
    ...options,
    problemOf: (parameters) => consentProblem(input, isStateSent ? state : undefined, parameters),
  });
  try {
    const { clientId, clientSecret } = client;
    const known = { clientId, clientSecret, redirectUri: listener.redirectUri, state, verifier };
    const url = consentUrl(input, flowValues(input, user, known));
    isStateSent = url.includes(state);
    terminal.complain(`Sign in at:\n\n  ${url}\n\nThe answer is awaited at ${listener.redirectUri}\n`);
    if (!isStateSent) {
      terminal.complain("The manifest's consent_url sends no state: whose answer comes back cannot be told.\n");
    }
    if (options.browser && terminal.isWatched) place.open(url);
    const code = await awaitConsent(listener, input, isStateSent ? state : undefined, options.timeout);

    const secrets = createSecrets();
    for (const { value } of secretsOf(spec.connectionSpecification, given.config)) secrets.add(value);
    for (const value of [clientSecret ?? "", code, verifier]) secrets.add(value);
    const request = tokenRequest(input, flowValues(input, user, { ...known, code }));
    const answer = await fetchTokens(request, place.send, new AbortController().signal, secrets.mask);
    const outputs = tokenOutputs({ ...flow, input }, answer, Date.now());

    const changes = [
      ...(flow.predicate === undefined ? [] : [flow.predicate]),
      ...client.stored,
      ...outputs.map(({ field, value }) => ({ path: field.path, value })),
    ];
    const changed = changes.reduce((config, { path, value }) => withValue(config, path, value), given.config);
    const references = [...given.references, ...client.references];
    const files = saveConfig({ ...given, references }, changed, 0o600);
    const stored = outputs.map(({ field }) => pointer(field.path));
    return await finish({ stored, files }, { ...options, config: given.file }, place);
  } finally {
    listener.close();
  }
}

/** The file that keeps the config; one beside the connector where there is none yet. */
async function configFile(given: string | undefined, folder: string): Promise<GivenConfig> {
  const config = await givenConfig(given, { folder });
  if (config === undefined) return { config: {}, references: [], file: join(folder, "config.json") };
  if (config.file !== undefined) return config;
  throw configError("Tokens need a place to be kept: give --config as a file, not as JSON.", { code: "oauth-config" });
}

/** @throws a config error where the flow uses something that the config does not have */
function userValues({ userInput }: OAuthFlow, input: JsonObject, config: JsonObject): Record<string, string> {
  const texts = JSON.stringify(input);
  const values: Record<string, string> = {};
  for (const { name, path } of userInput) {
    const value = valueAt(config, path);
    if (value !== undefined && value !== null) values[name] = str(value);
    else if (new RegExp(`\\{\\{[^}]*\\b${name}\\b`).test(texts) && !/^client_(?:id|secret)$/.test(name)) {
      throw configError(`The sign-in needs ${name}: put it into the config at ${pointer(path)}.`, {
        code: "oauth-input",
      });
    }
  }
  return values;
}

function consentUrl(input: JsonObject, values: ReadonlyMap<string, string>): string {
  const template = get(input, "consent_url");
  const url = renderFlowTemplate(typeof template === "string" ? template : "", values, "consent_url").trim();
  if (URL.canParse(url) && /^https?:/.test(url)) return new URL(url).href;
  throw configError(`The manifest's consent_url comes to "${url}", which is no URL.`, { code: "oauth-url" });
}

async function finish(
  { stored, files }: { readonly stored: readonly string[]; readonly files: readonly string[] },
  options: LoginOptions,
  place: LoginPlace,
): Promise<number> {
  const { terminal } = place;
  const isText = formatOf(options.format, terminal, "json") === "text";
  if (isText) {
    const { style } = terminal;
    terminal.print(`${style.green("✓")} Signed in: ${stored.join(", ")} stored in ${files.join(", ")}\n`);
  }
  const checked: Checked | undefined = options.check ? await checkAfter(options, terminal) : undefined;
  if (!isText) terminal.print(`${JSON.stringify({ stored, files, ...(checked && { check: checked.status }) })}\n`);
  else if (checked !== undefined) terminal.print(checked.text);
  return checked?.exitCode ?? 0;
}
