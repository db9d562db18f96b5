import { entries, get, has, isObject, keys, type Json, type JsonObject } from "ferry-cdk";

/** Names that lists of records go by, the likeliest first. */
const usual = ["data", "items", "results", "records", "entries", "values", "rows", "list", "value", "hits"];
/** Names of lists that never are what was asked for. */
const aside = new Set(["errors", "warnings", "links", "included", "messages"]);
/** Names of what stands beside a list. */
const besides =
  /count|total|page|paging|next|prev|more|cursor|offset|limit|size|meta|status|success|^ok$|^object$|^kind$/i;

/**
 * The keys that lead to the records in a body: those of a list of it, at most two objects deep; none where the body is the
 * records, or the one record. Undefined where it has no records to tell by.
 */
export function findRecords(body: Json, stream: string): readonly string[] | undefined {
  if (Array.isArray(body)) return [];
  if (!isObject(body) || keys(body).length === 0) return undefined;
  const lists = listsIn(body, []).filter(({ name }) => !aside.has(name));
  const known = lists.filter(({ name }) => name === stream || usual.includes(name));
  // An unknown list of something that has an id is a part of it.
  const candidates = known.length > 0 || has(body, "id") ? known : lists.filter(({ list }) => list.length > 0);
  const rank = ({ name, path }: Found): number =>
    (name === stream ? 0 : usual.includes(name) ? 1 + usual.indexOf(name) : 1000) + 100 * path.length;
  const [best] = candidates.sort((one, other) => rank(one) - rank(other) || other.list.length - one.list.length);
  if (best !== undefined) return best.path;
  return isEnvelope(body) ? undefined : [];
}

/** The records at these keys of a body. */
export function recordsAt(body: Json, path: readonly string[]): readonly Json[] {
  let found: Json | undefined = body;
  for (const key of path) found = isObject(found) ? get(found, key) : undefined;
  if (Array.isArray(found)) return found as readonly Json[];
  return isObject(found) && keys(found).length > 0 ? [found] : [];
}

interface Found {
  readonly name: string;
  readonly path: readonly string[];
  readonly list: readonly Json[];
}

/** The lists in an object that hold objects, or nothing. */
function listsIn(body: JsonObject, above: readonly string[]): Found[] {
  return entries(body).flatMap(([name, value]): Found[] => {
    const path = [...above, name];
    if (isObject(value)) return path.length < 2 ? listsIn(value, path) : [];
    if (!Array.isArray(value)) return [];
    const list = value as readonly Json[];
    return list.every(isObject) ? [{ name, path, list }] : [];
  });
}

/** Whether nothing is in a body but an empty list, and what tells of it. */
function isEnvelope(body: JsonObject): boolean {
  const others = entries(body).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return others.length < keys(body).length && others.every(([name]) => besides.test(name));
}
