import type { Json, JsonObject } from "../../json/value.ts";
import type { RequestOption, RequestOptions } from "../../roles.ts";

/** What these options make of their values; a later one wins where two have the same place. */
export function injectOptions(options: Iterable<readonly [RequestOption, Json]>): RequestOptions {
  const target = { params: {}, headers: {}, form: {}, json: {} } satisfies Record<string, JsonObject>;
  for (const [option, value] of options) option.inject(target, value);
  return target;
}
