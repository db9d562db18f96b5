import type { Ref, Scope } from "../../component.ts";
import type { JsonObject } from "../../json/value.ts";
import type { RequestOption } from "../../roles.ts";
import { ref } from "./refs.ts";

/**
 * Builds a child that says where a value goes in a request. As in the reference its templates see no `$parameters` of
 * its own, but those that its owner hands on: cursors and ApiKeyAuthenticators theirs, all others none.
 */
export function buildOption(option: Ref<"requestOption">, scope: Scope, parameters: JsonObject = {}): RequestOption {
  return scope.build(ref("requestOption", { ...scope.spec(option), type: option.type, $parameters: parameters }));
}
