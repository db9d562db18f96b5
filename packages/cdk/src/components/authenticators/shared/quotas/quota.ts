import type { Scope } from "../../../../component.ts";
import type { HttpRequest } from "../../../../http/types.ts";
import { str } from "../../../../json/python-text.ts";
import { get, isList, isObject, type Json, type JsonObject } from "../../../../json/value.ts";
import { createMatching } from "../../../budgets/shared/matching.ts";
import { ref } from "../../../shared/refs.ts";

/** One of the quotas that each token has. */
export interface Quota {
  readonly name: string;
  readonly remainingPath: readonly string[];
  readonly resetPath: readonly string[];
  readonly limitPath: readonly string[];
  readonly remainingHeader: string;
  readonly resetHeader: string;
  readonly limitHeader: string;
  readonly exhaustedBy: ReadonlySet<Json>;
  /** Whether it is for requests that no other quota is for. */
  readonly isDefault: boolean;
  matches(request: HttpRequest): boolean;
}

/** Reads a `TokenQuota` of a manifest. */
export function createQuota(spec: JsonObject, scope: Scope): Quota {
  const text = (name: string): string => str(get(spec, name) ?? "");
  const path = (name: string): readonly string[] => listOf(get(spec, name)).map(str);
  const matchers = listOf(get(spec, "matchers")).filter(isObject);
  const weigh = createMatching(
    matchers.map((matcher) => ref("piece", { ...matcher, type: "HttpRequestRegexMatcher" })),
    scope,
  );
  return {
    name: text("name"),
    remainingPath: path("remaining_path"),
    resetPath: path("reset_path"),
    limitPath: path("limit_path"),
    remainingHeader: text("remaining_header"),
    resetHeader: text("reset_header"),
    limitHeader: text("limit_header"),
    exhaustedBy: new Set(listOf(get(spec, "exhaustion_status_codes"))),
    isDefault: matchers.length === 0,
    matches: (request) => weigh(request) !== undefined,
  };
}

const listOf = (value: Json | undefined): readonly Json[] => (value !== undefined && isList(value) ? value : []);
