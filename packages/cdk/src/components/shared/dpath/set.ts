import { systemError } from "../../../errors.ts";
import { get, isList, isObject, set, type Json, type JsonObject } from "../../../json/value.ts";

/**
 * Sets a value at a path, as dpath's `new` does: what is missing on the way is made, a list where the next part is a number,
 * and a list grows to the index, nulls in between.
 * @throws a system error where something on the way can hold nothing
 */
export function setAt(root: JsonObject, path: readonly string[], value: Json): void {
  let parent: JsonObject | Json[] = root;
  for (let i = 0; i < path.length - 1; i++) {
    const part = path[i]!;
    let child = memberOf(parent, part);
    if (child === undefined) {
      child = isIndex(path[i + 1]!) ? [] : {};
      put(parent, part, child, path);
    }
    if (isList(child))
      parent = child as Json[]; // a record's lists are its own
    else if (isObject(child)) parent = child;
    else throw blocked(path, part);
  }
  put(parent, path.at(-1)!, value, path);
}

const isIndex = (part: string): boolean => /^\d+$/.test(part);

function memberOf(parent: JsonObject | Json[], part: string): Json | undefined {
  if (!isList(parent)) return get(parent, part);
  return isIndex(part) ? parent[Number(part)] : undefined;
}

function put(parent: JsonObject | Json[], part: string, value: Json, path: readonly string[]): void {
  if (!isList(parent)) set(parent, part, value);
  else if (isIndex(part)) {
    const index = Number(part);
    while (parent.length < index) parent.push(null);
    parent[index] = value;
  } else throw blocked(path, part);
}

const blocked = (path: readonly string[], part: string): Error =>
  systemError(`A value cannot be set at ${JSON.stringify(path)}: what is at "${part}" can hold no such member.`);
