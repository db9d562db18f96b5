import { copy, get, isObject, set, type Json, type JsonObject } from "../../json/value.ts";

/** The value at a path of a config, undefined for none. */
export function valueAt(config: JsonObject | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (isObject(value) ? get(value, key) : undefined), config);
}

/** The text at a path of a config, undefined where there is none that says something. */
export function textAt(config: JsonObject | undefined, path: readonly string[]): string | undefined {
  const value = valueAt(config, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The config with another value at a path; objects on the way are made. */
export function withValue(config: JsonObject, [key = "", ...rest]: readonly string[], value: Json): JsonObject {
  const changed = copy(config);
  const inner = get(changed, key);
  set(changed, key, rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value));
  return changed;
}

export const pointer = (path: readonly string[]): string => `/${path.join("/")}`;
