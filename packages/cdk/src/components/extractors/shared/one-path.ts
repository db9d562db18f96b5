import type { Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";
import { str } from "../../../json/python-text.ts";
import { get, isList, isObject, type Json } from "../../../json/value.ts";

/** A path to one field. */
export interface OnePath {
  readonly parts: readonly string[];
  get(root: Json): Json | undefined;
}

/** The path that these templates come to. @throws a config error where a part is a glob */
export function onePath(sources: readonly string[], field: string, scope: Scope): OnePath {
  const values = sources.map((source) => scope.template(source)({}) ?? null);
  refuseGlobs(values, field, scope);
  const parts = values.map(str);
  return {
    parts,
    get(root) {
      let value: Json | undefined = root;
      for (const part of parts) {
        if (isObject(value)) value = get(value, part);
        else if (isList(value) && /^\s*[-+]?\d+\s*$/.test(part)) value = value.at(Number(part));
        else return undefined;
      }
      return value;
    },
  };
}

export function refuseGlobs(parts: readonly Json[], field: string, { stream }: Scope): void {
  const glob = parts.find((part) => typeof part === "string" && /[*?[]/.test(part));
  if (glob === undefined) return;
  throw configError(
    `Stream ${stream.name}: \`${field}\` has the part ${JSON.stringify(glob)}; *, ? and [ cannot be there, for the path has ` +
      `to lead to one field.`,
  );
}
