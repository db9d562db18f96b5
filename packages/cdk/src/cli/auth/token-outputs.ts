import { configError } from "../../errors.ts";
import { str } from "../../json/python-text.ts";
import { get, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import type { OAuthField, OAuthFlow } from "./oauth-flow.ts";

/** A value of the answer, and where it goes in the config. */
export interface TokenOutput {
  readonly field: OAuthField;
  readonly value: Json;
}

/**
 * What of a token endpoint's answer the config is to hold. As on the platform, `extract_output` names what is taken, by its
 * path; a field of the config gets what has its name at the path's end. `expires_in` also gives `token_expiry_date`.
 * @param now milliseconds since 1970
 * @throws a config error that names what the answer lacks, and what it has
 */
export function tokenOutputs({ input, outputs }: OAuthFlow, answer: JsonObject, now: number): TokenOutput[] {
  const named = input === undefined ? undefined : get(input, "extract_output");
  const paths: (readonly string[])[] = isList(named)
    ? named.map((path) => partsOf(str(path)))
    : outputs.flatMap(({ inAnswer }) => (inAnswer === undefined ? [] : [inAnswer]));
  const wanted = paths.length > 0 ? paths : outputs.length > 0 ? [] : [["refresh_token"]];
  const missing = wanted.filter((path) => at(answer, path) === undefined);
  if (missing.length > 0)
    throw lacking(
      missing.map((path) => path.join(".")),
      answer,
    );
  const found = new Map(wanted.map((path) => [path.at(-1)!, at(answer, path)!]));

  const given = outputs.flatMap((field): TokenOutput[] => {
    const value =
      found.get(field.name) ??
      (field.inAnswer === undefined || field.name === EXPIRY ? undefined : at(answer, field.inAnswer)) ??
      (field.name === EXPIRY ? expiryOf(input, answer, found, now) : undefined) ??
      (isList(named) ? undefined : at(answer, [field.name]));
    return value === undefined ? [] : [{ field, value: typed(value, field.type) }];
  });
  const without = outputs.filter(
    ({ isRequired, name }) => isRequired && !given.some(({ field }) => field.name === name),
  );
  if (without.length > 0)
    throw lacking(
      without.map(({ name }) => name),
      answer,
    );
  if (given.length === 0) {
    throw configError(
      "The manifest does not say where tokens go in the config: its complete_oauth_output_specification has no field " +
        `that is ${wanted.map((path) => path.at(-1)).join(" or ") || "in the answer"}.`,
      { code: "oauth-outputs" },
    );
  }
  return given;
}

const EXPIRY = "token_expiry_date";

/** When a token expires, as the platform writes it. */
function expiryOf(
  input: JsonObject | undefined,
  answer: JsonObject,
  found: ReadonlyMap<string, Json>,
  now: number,
): string | undefined {
  const key = input === undefined ? undefined : get(input, "token_expiry_key");
  const name = typeof key === "string" ? key : "expires_in";
  const seconds = Number(str(found.get(name) ?? at(answer, [name]) ?? ""));
  return Number.isFinite(seconds) && seconds > 0 ? new Date(now + seconds * 1000).toISOString() : undefined;
}

/** As the platform, everything is text where its field is not of another type. */
const typed = (value: Json, type: string | undefined): Json =>
  type === undefined || type === "string" ? (isObject(value) || isList(value) ? value : str(value)) : value;

/** The parts of a JSONPath as it is written here: `data.access_token`, `$.data['access_token']`, `tokens[0].value`. */
const partsOf = (path: string): readonly string[] =>
  (path.replace(/^\$\.?/, "").match(/[^.[\]]+/g) ?? []).map((part) => part.replace(/^(['"])(.*)\1$/, "$2"));

function at(answer: JsonObject, path: readonly string[]): Json | undefined {
  const value = path.reduce<Json | undefined>((found, part) => {
    if (isList(found)) return found[Number(part)];
    return isObject(found) ? get(found, part) : undefined;
  }, answer);
  return value === null ? undefined : value;
}

const lacking = (names: readonly string[], answer: JsonObject): Error =>
  configError(
    `The token endpoint's answer has no ${names.join(", no ")}: it has ${keys(answer).join(", ") || "nothing"}.`,
    { code: "oauth-outputs" },
  );
