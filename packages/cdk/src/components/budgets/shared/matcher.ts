import type { Scope } from "../../../component.ts";
import { configError } from "../../../errors.ts";
import { parseForm } from "../../../http/query.ts";
import type { HttpRequest } from "../../../http/types.ts";
import { splitUrl } from "../../../http/url-parts.ts";
import { pythonRegex } from "../../../interpolation/python-regex.ts";
import { repr, str } from "../../../json/python-text.ts";
import { entries, get, isObject, type Json, type JsonObject } from "../../../json/value.ts";
import { floatOf } from "../../backoff/shared/seconds.ts";

/** How many calls a request counts as, undefined where it does not match. */
export type RequestMatcher = (request: HttpRequest) => number | undefined;

/** Reads an `HttpRequestRegexMatcher` of a manifest. */
export function createMatcher(spec: JsonObject, scope: Scope): RequestMatcher {
  const text = (name: string): string => str(get(spec, name) ?? "");
  const method = text("method").toUpperCase();
  const base = text("url_base").replace(/\/+$/, "");
  const pattern = text("url_path_pattern") === "" ? undefined : pythonRegex(text("url_path_pattern"));
  const params = textsOf(get(spec, "params"));
  const headers = textsOf(get(spec, "headers")).map(([name, value]) => [name.toLowerCase(), value] as const);
  const weight = weightOf(get(spec, "weight") ?? null, scope);

  return (request) => {
    if (method !== "" && request.method !== method) return undefined;
    const { scheme, authority, path, parameters, query } = splitUrl(request.url);
    if (base !== "" && `${scheme}://${authority}` !== base) return undefined;
    const whole = parameters === "" ? path : `${path};${parameters}`;
    if (pattern !== undefined && pattern.search(whole.replace(/\/+$/, "")) === undefined) return undefined;
    if (params.length > 0 && !hasAll(parseForm(query), params)) return undefined;
    if (headers.length > 0 && !hasAll(namedInLowerCase(request), headers)) return undefined;
    return weight;
  };
}

type Pair = readonly [string, string];

function hasAll(given: readonly Pair[], wanted: readonly Pair[]): boolean {
  const values = new Map(given);
  return wanted.every(([name, value]) => values.get(name) === value);
}

const namedInLowerCase = ({ headers }: HttpRequest): Pair[] =>
  Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);

const textsOf = (given: Json | undefined): Pair[] =>
  given !== undefined && isObject(given) ? entries(given).map(([name, value]) => [name, str(value)]) : [];

function weightOf(given: Json, scope: Scope): number {
  if (given === null) return 1;
  const value = typeof given === "string" ? (scope.template(given)({}) ?? null) : given;
  const weight = Math.trunc(floatOf(value) ?? 0);
  if (weight >= 1) return weight;
  throw configError(`HttpRequestRegexMatcher.weight must come to an integer of at least 1, but is ${repr(value)}.`);
}
