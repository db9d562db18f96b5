import { truthy } from "../truthy.ts";
import { get, isList, isObject, type Json } from "../value.ts";

/**
 * The rows at a path of a body, as the reference finds them: each item of a list body is a body of its own; a list at the
 * path gives its items, anything else but null, false, 0, "" and {} is a row.
 */
export function extract(body: Json, path: readonly string[]): Json[] {
  const found: Json[] = [];
  for (const item of isList(body) ? body : [body]) {
    const value = valueAt(item, path);
    if (value === undefined) continue;
    if (isList(value)) for (const row of value) found.push(row);
    else if (truthy(value)) found.push(value);
  }
  return found;
}

export function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let at: Json | undefined = value;
  for (const name of path) {
    if (isObject(at)) at = get(at, name);
    else if (isList(at) && /^\d+$/.test(name)) at = at[Number(name)];
    else return undefined;
  }
  return at;
}
