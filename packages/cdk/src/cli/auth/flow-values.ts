import { randomInt } from "node:crypto";
import { quotePlus } from "../../http/percent.ts";
import { printJson } from "../../json/print.ts";
import { entries, get, isList, isObject, type JsonObject } from "../../json/value.ts";
import type { FlowValues } from "./flow-template.ts";

/** What is known of a sign-in, as it goes on. */
export interface SignIn {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly redirectUri: string;
  readonly state: string;
  /** The code verifier of a flow that the manifest leaves to the standard; elsewhere the state is used as one. */
  readonly verifier: string;
  readonly code?: string | undefined;
}

/** What an API calls the parameters of the flow, where it does not call them as the standard does. */
export function keysOf(input: JsonObject): Readonly<Record<Part, string>> {
  const named = (part: Part, standard: string): string => {
    const given = get(input, `${part}_key`);
    return typeof given === "string" && given !== "" ? given : standard;
  };
  return {
    client_id: named("client_id", "client_id"),
    client_secret: named("client_secret", "client_secret"),
    auth_code: named("auth_code", "code"),
    redirect_uri: named("redirect_uri", "redirect_uri"),
    scope: named("scope", "scope"),
    state: named("state", "state"),
  };
}
type Part = "client_id" | "client_secret" | "auth_code" | "redirect_uri" | "scope" | "state";

/**
 * The variables of the flow's templates: of each part `x_key`, `x_value` and `x_param`, which is both as a parameter; the
 * value also under the key; the scopes; what of the config the flow uses; and plain members of the specification.
 */
export function flowValues(
  input: JsonObject,
  user: Readonly<Record<string, string>>,
  { clientId, clientSecret = "", redirectUri, state, verifier, code = "" }: SignIn,
): FlowValues {
  const values = new Map<string, string>(Object.entries(user));
  for (const [name, value] of entries(input)) {
    if (typeof value === "string") values.set(name, value);
    else if (!isObject(value) && !isList(value)) values.set(name, printJson(value));
  }
  const keys = keysOf(input);
  const parts: Readonly<Record<Part, string>> = {
    client_id: clientId,
    client_secret: clientSecret,
    auth_code: code,
    redirect_uri: redirectUri,
    scope: joined(input, "scopes") ?? values.get(keys.scope) ?? values.get("scope") ?? "",
    state,
  };
  for (const [part, value] of Object.entries(parts) as [Part, string][]) {
    const isEncoded = part === "redirect_uri" || part === "scope";
    values.set(keys[part], value);
    values.set(`${part}_key`, keys[part]);
    values.set(`${part}_value`, value);
    values.set(`${part}_param`, `${keys[part]}=${isEncoded ? quotePlus(value) : value}`);
  }
  values.set("scopes_value", parts.scope);
  values.set("scopes_param", values.get("scope_param")!);
  values.set("code_verifier", verifier);
  const optional = joined(input, "optional_scopes");
  if (optional !== undefined) {
    values.set("optional_scopes", optional);
    values.set("optional_scopes_value", optional);
    values.set("optional_scopes_param", `optional_scopes=${quotePlus(optional)}`);
  }
  return values;
}

function joined(input: JsonObject, name: string): string | undefined {
  const scopes = get(input, name);
  if (!isList(scopes) || scopes.length === 0) return undefined;
  const separators: Readonly<Record<string, string>> = { comma: ",", plus: "+" };
  const strategy = get(input, "scopes_join_strategy");
  return scopes
    .map((scope) => (isObject(scope) ? get(scope, "scope") : scope))
    .filter((scope) => typeof scope === "string" && scope !== "")
    .join((typeof strategy === "string" ? separators[strategy] : undefined) ?? " ");
}

/** Letters that may stand in a state, and in the code verifier that it is also used as. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
const LENGTH = 64; // a code verifier has 43 to 128 letters

/** A state that nobody guesses, of a length that the specification allows. */
export function createState(input: JsonObject = {}): string {
  const given = get(input, "state");
  const bound = (name: string): number | undefined => {
    const value = isObject(given) ? get(given, name) : undefined;
    return typeof value === "number" && value > 0 ? value : undefined;
  };
  const length = Math.min(bound("max") ?? Infinity, Math.max(bound("min") ?? 0, LENGTH));
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}
