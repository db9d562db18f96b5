import type { Scope } from "../../../../component.ts";
import { systemError } from "../../../../errors.ts";
import { jsonLoads } from "../../../../interpolation/json-loads.ts";
import type { Context } from "../../../../interpolation/template.ts";
import { str } from "../../../../json/python-text.ts";
import { entries, has, set, type Json, type JsonObject } from "../../../../json/value.ts";

const VISIBLE: Context = { json_loads: jsonLoads };

/** A text of the manifest which, if it comes to a number, stays as it is written; empty where it is left out. */
export function textField(source: string | undefined, scope: Scope): () => string {
  if (source === undefined || source === "") return () => "";
  const evaluate = scope.template(source, undefined, "str");
  return () => str(evaluate(VISIBLE) ?? "");
}

export interface ClaimFields {
  /** What the manifest gives names of its own. */
  readonly additional: JsonObject;
  /** The fields of the standard, undefined for those that are left out. */
  readonly standard: Readonly<Record<string, string | undefined>>;
  /** Names of the standard whose values must be text. */
  readonly texts: readonly string[];
  /** Names that only the authenticator gives. */
  readonly reserved: readonly string[];
}

/** A part of a token: what is the manifest's own, then what is the standard's. */
export function claims(
  field: string,
  { additional, standard, texts, reserved }: ClaimFields,
  scope: Scope,
): () => JsonObject {
  const own = scope.mapping(additional);
  const given = Object.entries(standard)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "")
    .map(([name, source]) => [name, scope.template(source)] as const);
  return () => {
    const result: JsonObject = {};
    for (const [name, value] of entries(own(VISIBLE))) set(result, name, value);
    const taken = [...Object.keys(standard), ...reserved].filter((name) => has(result, name));
    if (taken.length > 0) {
      throw systemError(
        `JwtAuthenticator: \`${field}\` must not set ${taken.join(", ")}, which have fields of their own.`,
      );
    }
    for (const [name, evaluate] of given) {
      const value: Json = evaluate(VISIBLE) ?? "";
      set(result, name, texts.includes(name) ? str(value) : value);
    }
    return result;
  };
}
