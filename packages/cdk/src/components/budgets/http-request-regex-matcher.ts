import type { z } from "zod";
import type { Scope } from "../../component.ts";
import { configError } from "../../errors.ts";
import { parseForm } from "../../http/query.ts";
import type { HttpRequest } from "../../http/types.ts";
import { splitUrl } from "../../http/url-parts.ts";
import { pythonRegex } from "../../interpolation/python-regex.ts";
import { repr, str } from "../../json/python-text.ts";
import { entries, type Json, type JsonObject } from "../../json/value.ts";
import { floatOf } from "../backoff/shared/seconds.ts";

/** How many calls a request counts as, undefined where it does not match. It has no type of its own in a manifest. */
export type RequestMatcher = (request: HttpRequest) => number | undefined;

export interface MatcherSpec {
  readonly method?: string | undefined;
  readonly url_base?: string | undefined;
  readonly url_path_pattern?: string | undefined;
  readonly params?: Record<string, unknown> | undefined;
  readonly headers?: Record<string, unknown> | undefined;
  readonly weight?: number | string | undefined;
}

export const matcherSchema = (zod: typeof z): z.ZodType<MatcherSpec> =>
  zod.looseObject({
    method: zod.string().optional().describe("The request's method."),
    url_base: zod.string().optional().describe("Scheme and host of its URL."),
    url_path_pattern: zod
      .string()
      .optional()
      .describe("A Python regular expression that matches somewhere in the URL's path."),
    params: zod.looseObject({}).optional().describe("Query parameters that it has."),
    headers: zod.looseObject({}).optional().describe("Headers that it has."),
    weight: zod
      .union([zod.int(), zod.string()])
      .optional()
      .describe("How many calls such a request counts as; 1 when left out. May see: config."),
  });

/** All that is stated must hold. */
export function createMatcher(spec: MatcherSpec, scope: Scope): RequestMatcher {
  const method = spec.method?.toUpperCase() ?? "";
  const base = spec.url_base?.replace(/\/+$/, "") ?? "";
  const pattern = (spec.url_path_pattern ?? "") === "" ? undefined : pythonRegex(spec.url_path_pattern!);
  const params = textsOf(spec.params);
  const headers = textsOf(spec.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const weight = spec.weight === undefined ? 1 : weightOf(spec.weight, scope);

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

function textsOf(given: Record<string, unknown> = {}): Pair[] {
  // A manifest holds nothing but Json.
  return entries(given as JsonObject).map(([name, value]) => [name, str(value)]);
}

function weightOf(given: Json, scope: Scope): number {
  const value = typeof given === "string" ? (scope.template(given)({}) ?? null) : given;
  const weight = Math.trunc(floatOf(value) ?? 0);
  if (weight >= 1) return weight;
  throw configError(`HttpRequestRegexMatcher.weight must come to an integer of at least 1, but is ${repr(value)}.`);
}
