import type { Scope } from "../../../component.ts";
import type { HttpRequest } from "../../../http/types.ts";
import { createMatcher, type MatcherSpec, type RequestMatcher } from "../http-request-regex-matcher.ts";

/** The weight of a request by the first matcher that takes it; undefined where there are matchers and none does. */
export function createMatching(matchers: readonly MatcherSpec[], scope: Scope): RequestMatcher {
  const all = matchers.map((matcher) => createMatcher(matcher, scope));
  if (all.length === 0) return () => 1;
  return (request: HttpRequest) => {
    for (const matcher of all) {
      const weight = matcher(request);
      if (weight !== undefined) return weight;
    }
    return undefined;
  };
}
