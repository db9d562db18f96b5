import { configError } from "../errors.ts";
import { equal } from "../json/equal.ts";
import { entries, get, isList, isObject, remove, set, type Json, type JsonObject } from "../json/value.ts";
import { loadManifest } from "./load.ts";
import { loadTraced } from "./load-traced.ts";
import { joinPath, migrateManifest } from "./migrate.ts";
import { resolveManifest } from "./resolve.ts";
import { applyEdits, type MemberEdit } from "./text-edits.ts";
import { originOf, type Origin, type Trace } from "./trace.ts";

export interface MigratedText {
  readonly text: string;
  readonly changes: readonly { readonly line: number; readonly what: string }[];
  /** What could not be rewritten, and why. */
  readonly notes: readonly string[];
}

/** Rewrites the older forms in a manifest's text and leaves all else as it is. */
export function migrateText(text: string, file: string): MigratedText {
  const { resolved, trace, places } = loadTraced(text, file);
  const wanted = meaningOf(resolved);
  const plan = planEdits(resolved, trace);
  const notes = [...plan.notes];
  // A path that several mappings share can come out differently: then it stays, which `url` allows.
  for (const edits of [plan.edits, plan.edits.filter(({ kind }) => kind !== "url")]) {
    const edited = applyEdits(text, edits, places);
    if (equal(meaningOf(resolveManifest(loadManifest(edited.text, file))), wanted)) return { ...edited, notes };
    notes.push("Some `path` is shared by requesters whose bases differ; every `path` stays.");
  }
  throw configError(`${file} cannot be migrated without changing what it means.`, { code: "not-migratable" });
}

function planEdits(resolved: JsonObject, trace: Trace): { edits: MemberEdit[]; notes: ReadonlySet<string> } {
  const edits = new Map<object, Map<string, MemberEdit>>();
  const notes = new Set<string>();
  const add = (origin: Origin, edit: MemberEdit): void => {
    const known = edits.get(origin.holder) ?? new Map<string, MemberEdit>();
    edits.set(origin.holder, known.set(edit.key, edit));
  };
  const editable = (requester: JsonObject, key: string): Origin | undefined => {
    if (get(requester, key) === undefined) return undefined;
    const origin = originOf(trace, requester, key);
    if (origin.how === "literal" || origin.how === "$ref") return origin;
    notes.add(`\`${key}\` comes from $parameters and stays.`);
    return undefined;
  };

  const frozen = frozenHolders(resolved, trace);
  for (const requester of requestersIn(resolved)) {
    const base = editable(requester, "url_base");
    if (base !== undefined && frozen.has(base.holder)) {
      notes.add("A `url_base` that a dynamic stream uses stays.");
      continue;
    }
    const path = editable(requester, "path");
    const url = get(requester, "url_base") ?? get(requester, "url");
    const segment = get(requester, "path");
    if (base !== undefined) add(base, { kind: "rename", holder: base.holder, key: "url_base", name: "url" });
    if (path !== undefined && typeof url === "string" && typeof segment === "string") {
      const joined = joinPath(url, segment);
      if (base?.holder === path.holder) {
        add(path, { kind: "url", holder: path.holder, key: "path", into: "url_base", value: joined });
      } else add(path, { kind: "url", holder: path.holder, key: "path", into: undefined, value: joined });
    }
    for (const [key, type] of bodies(requester)) {
      const body = editable(requester, key);
      if (body !== undefined) add(body, { kind: "wrap", holder: body.holder, key, name: "request_body", type });
    }
  }
  return { edits: [...edits.values()].flatMap((each) => [...each.values()]), notes };
}

/** The bodies of older forms, and the type that each becomes. */
function bodies(requester: JsonObject): [key: string, type: string][] {
  const json = get(requester, "request_body_json");
  const found: [string, string][] = [];
  if (json !== undefined && isObject(json)) {
    found.push([
      "request_body_json",
      typeof get(json, "query") === "string" ? "RequestBodyGraphQL" : "RequestBodyJsonObject",
    ]);
  }
  if (get(requester, "request_body_data") !== undefined) found.push(["request_body_data", "RequestBodyUrlEncodedForm"]);
  return found;
}

/** The mappings that templates of dynamic streams take something from: those are not migrated, so these cannot be. */
function frozenHolders(resolved: JsonObject, trace: Trace): ReadonlySet<object> {
  const holders = new Set<object>();
  const visit = (value: Json): void => {
    if (isList(value)) for (const each of value) visit(each);
    if (!isObject(value)) return;
    for (const [key, member] of entries(value)) {
      holders.add(originOf(trace, value, key).holder);
      visit(member);
    }
  };
  visit(get(resolved, "dynamic_streams") ?? []);
  return holders;
}

function requestersIn(value: Json): JsonObject[] {
  if (isList(value)) return value.flatMap(requestersIn);
  if (!isObject(value) || get(value, "type") === "DynamicDeclarativeStream") return [];
  const inner = entries(value).flatMap(([, member]) => requestersIn(member));
  return get(value, "type") === "HttpRequester" ? [value, ...inner] : inner;
}

/** What must be the same before and after. A body that is a component of its own is given parameters, which it ignores. */
function meaningOf(resolved: JsonObject): JsonObject {
  const meaning = migrateManifest(resolved, { whole: false });
  for (const unused of ["metadata", "definitions"]) remove(meaning, unused);
  for (const requester of requestersIn(meaning)) {
    const body = get(requester, "request_body");
    if (body === undefined || !isObject(body)) continue;
    set(requester, "request_body", { type: get(body, "type") ?? null, value: get(body, "value") ?? null });
  }
  return meaning;
}
