import { printJson } from "../../json/print.ts";
import { get, isList, isObject, keys, type Json } from "../../json/value.ts";

/** A place at which two values differ; undefined on the side where it is not there. */
export interface FieldDifference {
  /** Such as `owner.address.city` or `tags[2]`; empty for the whole. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Where two values differ, as deep as both have something. `1` and `1.0` differ, the order of keys is of no account. */
export function fieldDifferences(before: Json | undefined, after: Json | undefined, path = ""): FieldDifference[] {
  if (before === after) return [];
  if (before === undefined || after === undefined) return [{ path, before, after }];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...keys(after), ...keys(before)])];
    return names.flatMap((name) => fieldDifferences(get(before, name), get(after, name), joined(path, name)));
  }
  if (isList(before) && isList(after)) {
    const indexes = [...(before.length > after.length ? before : after).keys()];
    return indexes.flatMap((index) => fieldDifferences(before[index], after[index], `${path}[${index}]`));
  }
  return printJson(before) === printJson(after) ? [] : [{ path, before, after }];
}

const joined = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
