import { entries, get, isList, isObject, keys, type Json } from "../../json/value.ts";
import { nearest } from "../../protocol/nearest.ts";
import type { Path } from "../../manifest/check/problem.ts";

/** Finds a part of a manifest by a path as people write it: `streams.users.retriever`, items by name or index. */
export function findPart(
  root: Json,
  dotted: string,
): { readonly path: Path; readonly value: Json } | { readonly problem: string } {
  let value = root;
  const path: (string | number)[] = [];
  let rest = dotted;
  while (rest !== "") {
    const members = membersOf(value);
    // Names may hold dots themselves: the longest that fits is meant.
    const name = [...members.keys()]
      .filter((each) => rest === each || rest.startsWith(`${each}.`))
      .reduce((longest, each) => (each.length > longest.length ? each : longest), "");
    const found = members.get(name);
    if (found === undefined) {
      const wanted = rest.split(".", 1)[0]!;
      const near = nearest(wanted, members.keys());
      const place = path.length === 0 ? "The manifest" : path.join(".");
      const hint =
        near === undefined ? ` It has: ${[...members.keys()].slice(0, 20).join(", ")}.` : ` Did you mean "${near}"?`;
      return { problem: `${place} has no "${wanted}".${members.size === 0 ? "" : hint}` };
    }
    path.push(found.key);
    value = found.value;
    rest = rest.slice(name.length + 1);
  }
  return { path, value };
}

function membersOf(value: Json): Map<string, { key: string | number; value: Json }> {
  if (!isList(value)) {
    return new Map(isObject(value) ? entries(value).map(([key, member]) => [key, { key, value: member }]) : []);
  }
  const members = new Map<string, { key: number; value: Json }>();
  for (const [key, item] of value.entries()) {
    const name = isObject(item) ? get(item, "name") : undefined;
    if (typeof name === "string" && name !== "") members.set(name, { key, value: item });
    else members.set(String(key), { key, value: item });
  }
  for (const [key, item] of value.entries())
    if (!members.has(String(key))) members.set(String(key), { key, value: item });
  return members;
}

export const isLeaf = (value: Json): boolean =>
  isList(value) ? value.length === 0 : !isObject(value) || keys(value).length === 0;
