import { entries, isObject, set, type JsonObject } from "../../json/value.ts";
import type { RequestOptions } from "../../roles.ts";

/** All options as one; of two with one name the first stands. */
export function joinOptions(options: readonly RequestOptions[]): RequestOptions {
  return {
    params: joinMembers(options.map(({ params = {} }) => params)),
    headers: joinMembers(options.map(({ headers = {} }) => headers)),
    form: joinMembers(options.map(({ form }) => (isObject(form) ? form : {}))),
    json: joinMembers(options.map(({ json = {} }) => json)),
  };
}

/** Of two members with one name the first stands; the last part's come first, which shows where they are printed. */
export function joinMembers(parts: readonly JsonObject[]): JsonObject {
  const joined: JsonObject = {};
  for (const part of parts.toReversed()) for (const [key, value] of entries(part)) set(joined, key, value);
  return joined;
}
