import { entries, get, isList, isObject, keys, type Json, type JsonObject } from "../../json/value.ts";
import type { Trace } from "../trace.ts";
import { placeOf, type Places } from "../../yaml/places.ts";
import { choices, type Problem } from "./problem.ts";

/** As many unused definitions are told one by one. */
const FEW = 3;

/** Definitions and schemas that nothing refers to; what a broken reference was probably to lead to is not among them. */
export function definitionProblems(manifest: JsonObject, { brokenReferences }: Trace, places: Places): Problem[] {
  const meant = brokenReferences.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  const used = usedPaths(manifest, meant);
  return ["definitions", "schemas"].flatMap((section) => {
    const members = get(manifest, section);
    const unused: Problem[] = [];
    if (isObject(members)) look(members, [section], section === "definitions" ? 2 : 1, unused);
    return unused.length > FEW ? [together(unused, section)] : unused;
  });

  function look(members: JsonObject, path: readonly string[], levels: number, unused: Problem[]): void {
    for (const [key, value] of entries(members)) {
      const here = [...path, key];
      const state = stateOf(here.join("/"), used);
      // Definitions are often kept in groups, such as `definitions.streams`: a group is looked into.
      const group = isObject(value) && get(value, "type") === undefined && keys(value).length > 0;
      if (state === "in part" && group && levels > 1) look(value, here, levels - 1, unused);
      if (state !== "unused") continue;
      unused.push({
        severity: "warning",
        code: "unused-definition",
        message: `Nothing refers to \`${here.join(".")}\`.`,
        path: here.join("."),
        offset: placeOf(places, members, key)?.key ?? 0,
      });
    }
  }
}

/** Many at once are one matter: a manifest that was resolved as a whole, or not cleaned up. */
function together(unused: readonly Problem[], section: string): Problem {
  const names = unused.map(({ path }) => path.slice(section.length + 1));
  const message = `Nothing refers to ${unused.length} of the \`${section}\`: ${choices(names)}.`;
  return { ...unused[0]!, message, path: section };
}

function stateOf(path: string, used: ReadonlySet<string>): "used" | "in part" | "unused" {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
    if (used.has(path.slice(0, end))) return "used";
  for (const each of used) if (each.startsWith(`${path}/`)) return "in part";
  return "unused";
}

/** What is referred to from outside of the definitions, or from what is. */
function usedPaths(manifest: JsonObject, more: readonly string[]): ReadonlySet<string> {
  const used = new Set<string>();
  const outside = entries(manifest).filter(([key]) => key !== "definitions" && key !== "schemas");
  const pending: Json[] = [...more, ...outside.map(([, value]) => value)];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) visit(value);
  return used;

  // In whatever order, so the fast way: this goes through all that is referred to.
  function visit(value: Json): void {
    if (typeof value === "string") {
      if (value.charCodeAt(0) === 35 && value.startsWith("#/")) refer(value.slice(2));
    } else if (isList(value)) for (const item of value) visit(item);
    else if (typeof value === "object") for (const key in value) visit((value as JsonObject)[key]!);
  }

  function refer(path: string): void {
    if (used.has(path)) return;
    used.add(path);
    const target = path.split("/").reduce<Json | undefined>(step, manifest);
    if (target !== undefined) pending.push(target);
  }
}

function step(value: Json | undefined, key: string): Json | undefined {
  if (isList(value)) return value[Number(key)];
  return value !== undefined && isObject(value) ? get(value, key) : undefined;
}
