import type { Ref, Scope } from "../../../component.ts";
import { ref } from "../../shared/refs.ts";
import { createMatcher, type RequestMatcher } from "./matcher.ts";

/** The weight of a request by the first matcher that takes it; undefined where there are matchers and none does. */
export function createMatching(matchers: readonly Ref<"piece">[], scope: Scope): RequestMatcher {
  // A manifest need not state their type.
  const all = matchers.map((matcher) =>
    createMatcher(scope.build(ref("piece", { ...matcher, type: "HttpRequestRegexMatcher" })), scope),
  );
  if (all.length === 0) return () => 1;
  return (request) => {
    for (const matcher of all) {
      const weight = matcher(request);
      if (weight !== undefined) return weight;
    }
    return undefined;
  };
}
