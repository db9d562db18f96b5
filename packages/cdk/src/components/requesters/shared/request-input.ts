import type { Scope } from "../../../component.ts";
import { systemError } from "../../../errors.ts";
import type { Context, LiteralType } from "../../../interpolation/template.ts";
import { truthy } from "../../../json/truthy.ts";
import { entries, fromEntries, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { RequestContext } from "../../../roles.ts";
import { requestContext } from "../../shared/slice-context.ts";

/** A part of a request, made anew for each from what templates see. */
export type RequestInput<T> = (visible: Context) => T;

/**
 * A part of a request whose names and values are templates, or that is a template as a whole. Members that come to
 * nothing are left out. Of literals in the values, those of other types than these stay text.
 */
export function requestInput(
  source: JsonObject | string | undefined,
  scope: Scope,
  types?: readonly LiteralType[],
): RequestInput<JsonObject | string | undefined> {
  if (source === undefined || !truthy(source)) return () => undefined;
  const evaluate = typeof source === "string" ? scope.template(source) : scope.mapping(source, types);
  return (visible) => {
    const value = evaluate(visible);
    if (isObject(value)) return withoutNulls(value);
    // A whole template may come to a list or number, which says nothing to a request.
    return typeof value === "string" ? value : undefined;
  };
}

/** A JSON body, all of whose texts are templates, or that is a template as a whole. */
export function jsonInput(source: JsonObject | string | undefined, scope: Scope): RequestInput<JsonObject | undefined> {
  if (source === undefined || !truthy(source)) return () => undefined;
  const evaluate: (context: Context) => Json | undefined =
    typeof source === "string" ? scope.template(source) : scope.nested(source);
  return (visible) => {
    const value = evaluate(visible);
    if (typeof value === "string") throw notMapping("JSON body", value);
    return isObject(value) ? value : undefined;
  };
}

export const notMapping = (part: string, text: string): Error =>
  systemError(`The ${part} of a request must be a mapping, but comes to the text "${text}".`);

/** What templates of a request see: slice and token and, by their own names, the slice's extra fields. */
export function seen(context: RequestContext): Context {
  return { ...context.slice.extra, ...requestContext(context) };
}

function withoutNulls(object: JsonObject): JsonObject {
  const members = entries(object);
  return members.some(([, value]) => value === null)
    ? fromEntries(members.filter(([, value]) => value !== null))
    : object;
}
