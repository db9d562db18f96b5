import { configError } from "../../errors.ts";
import type { JsonObject } from "../../json/value.ts";
import { resolveReferences, type Reference, type Surroundings } from "../connector/references.ts";
import { pointer, textAt } from "./config-places.ts";
import { keysOf } from "./flow-values.ts";
import type { OAuthFlow } from "./oauth-flow.ts";

export interface GivenCredentials {
  /** As the command line has them: themselves, `${env:NAME}` or `${file:PATH}`. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** What of them the config is to hold from now on. */
  readonly stored: readonly { readonly path: readonly string[]; readonly value: string }[];
  /** References that stand for what is stored. */
  readonly references: readonly Reference[];
}

/**
 * The client's id and secret: of the command line, else where the specification says that the config has them.
 * @throws a config error that names the places looked at
 */
export function clientCredentials(
  flow: OAuthFlow,
  input: JsonObject,
  given: GivenCredentials,
  config: JsonObject,
  surroundings: Surroundings,
): ClientCredentials {
  const keys = keysOf(input);
  const stored: { path: readonly string[]; value: string }[] = [];
  const references: Reference[] = [];

  function look(names: readonly string[], flag: string | undefined): string | undefined {
    const field = flow.serverOutputs.find(({ name }) => names.includes(name));
    if (flag !== undefined) {
      const { config: resolved, references: found } = resolveReferences({ value: flag }, surroundings);
      const value = textAt(resolved, ["value"]) ?? "";
      if (field !== undefined) {
        stored.push({ path: field.path, value });
        references.push(...found.map((reference) => ({ ...reference, path: field.path })));
      }
      return value;
    }
    return placesOf(names)
      .map((path) => textAt(config, path))
      .find((value) => value !== undefined);
  }
  function placesOf(names: readonly string[]): readonly (readonly string[])[] {
    const described = [...flow.serverOutputs, ...flow.userInput].filter(({ name }) => names.includes(name));
    return [...described.map(({ path }) => path), ...names.flatMap((name) => [[name], ["credentials", name]])];
  }
  function missing(what: string, option: string, names: readonly string[]): Error {
    const [first] = placesOf(names);
    return configError(
      `The client's ${what} is missing: put it into the config at ${pointer(first!)}, or give ${option} (also as ` +
        `\${env:NAME} or \${file:PATH}). It comes from the API's page for OAuth applications.`,
      { code: "oauth-client" },
    );
  }

  const idNames = [...new Set([keys.client_id, "client_id"])];
  const secretNames = [...new Set([keys.client_secret, "client_secret"])];
  const clientId = look(idNames, given.clientId);
  const clientSecret = look(secretNames, given.clientSecret);
  if (clientId === undefined) throw missing("id", "--client-id", idNames);
  // A client that cannot keep a secret has none; the platform always has one.
  const isNeeded = flow.input !== undefined && /\{\{[^}]*client_secret/.test(JSON.stringify(flow.input));
  if (clientSecret === undefined && isNeeded) throw missing("secret", "--client-secret", secretNames);
  return { clientId, clientSecret, stored, references };
}
