import { get, isList, isObject, type Json, type JsonObject } from "../../json/value.ts";

/** A member within members; undefined where one of them is no mapping. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => (isObject(found) ? get(found, key) : undefined), value);
}

/** The mapping that a value is; an empty one for anything else. */
export const mappingOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The items of a list; none for anything else. */
export const itemsOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

/** The texts in a list. */
export const textsOf = (value: Json | undefined): readonly string[] =>
  itemsOf(value).filter((item) => typeof item === "string");
