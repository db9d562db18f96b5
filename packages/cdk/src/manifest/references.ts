import { configError } from "../errors.ts";
import { copy, entries, Float, get, isObject, set, type Json, type JsonObject } from "../json/value.ts";

const REFERENCE = "$ref";
/** Fields that hold a config's values: a text there that looks like a reference is none. */
const CONFIG_VALUES = "config_overrides";

/**
 * Puts in place of every `"#/path"` and `$ref` what it refers to; members beside a `$ref` win over the referred ones.
 * What is referred to twice is resolved once and shared, so the result must not be changed in place.
 */
export function resolveReferences(manifest: JsonObject): JsonObject {
  const known = new Map<string, Json>();
  const done = new Map<JsonObject, Json>();
  const open: string[] = [];

  function follow(reference: string): Json {
    const before = known.get(reference);
    if (before !== undefined) return before;
    if (open.includes(reference)) throw cyclic([...open.slice(open.indexOf(reference)), reference]);
    open.push(reference);
    const value = resolve(lookUp(manifest, reference));
    open.pop();
    known.set(reference, value);
    return value;
  }

  // What holds no reference stays as it is: most of a manifest is schemas. Order is of no account in these loops, so they
  // go the fast way.
  function resolve(node: Json): Json {
    if (typeof node === "string") return node.startsWith("#/") ? follow(node) : node;
    if (typeof node !== "object" || node === null || node instanceof Float) return node;
    return Array.isArray(node) ? resolveList(node) : resolveObject(node as JsonObject); // isArray does not exclude readonly
  }

  function resolveList(list: readonly Json[]): readonly Json[] {
    let result: Json[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const value = resolve(list[i]!);
      if (value !== list[i]) (result ??= [...list])[i] = value;
    }
    return result ?? list;
  }

  function resolveObject(node: JsonObject): Json {
    const before = done.get(node);
    if (before !== undefined) return before;
    const value = node[REFERENCE] === undefined ? resolveMembers(node) : resolveReferring(node);
    done.set(node, value);
    return value;
  }

  function resolveMembers(node: JsonObject): JsonObject {
    let result: JsonObject | undefined;
    for (const key in node) {
      const member = node[key]!;
      if (typeof member === "string" ? member.charCodeAt(0) !== 35 : typeof member !== "object") continue;
      const value = key === CONFIG_VALUES ? member : resolve(member);
      if (value !== member) set((result ??= copy(node)), key, value);
    }
    return result ?? node;
  }

  function resolveReferring(node: JsonObject): Json {
    const referred = resolve(node[REFERENCE]!);
    if (!isObject(referred)) return referred;
    const result = copy(referred);
    for (const [key, value] of entries(node)) {
      if (key !== REFERENCE) set(result, key, key === CONFIG_VALUES ? value : resolve(value));
    }
    return result;
  }

  const resolved = resolve(manifest);
  if (!isObject(resolved)) throw configError("The manifest must be a mapping.", { code: "manifest-not-a-mapping" });
  return resolved;
}

/** Finds what a reference names: at each level the rest of the path is tried as one key first, so keys may hold "/". */
function lookUp(manifest: JsonObject, reference: string): Json {
  let rest = /^#\/([^\n]*)/.exec(reference)?.[1] ?? "";
  let node: Json = manifest;
  while (rest !== "") {
    const whole = member(node, rest);
    if (whole !== undefined) return whole;
    const slash = rest.indexOf("/");
    const head = slash < 0 ? rest : rest.slice(0, slash);
    const next = member(node, head);
    if (next === undefined) throw undefinedReference(reference, head);
    node = next;
    rest = slash < 0 ? "" : rest.slice(slash + 1);
  }
  return node;
}

function member(node: Json, key: string): Json | undefined {
  if (Array.isArray(node)) return /^-?\d+$/.test(key) ? (node as readonly Json[]).at(Number(key)) : undefined;
  return isObject(node) ? get(node, key) : undefined;
}

const undefinedReference = (reference: string, missing: string): Error =>
  configError(`The reference "${reference}" leads nowhere: there is no "${missing}".`, { code: "undefined-reference" });

const cyclic = (path: readonly string[]): Error =>
  configError(`The reference "${path[0]!}" leads back to itself: ${path.join(" → ")}.`, { code: "cyclic-reference" });
