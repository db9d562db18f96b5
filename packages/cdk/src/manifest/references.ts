import { configError } from "../errors.ts";
import { copy, Float, isList, isObject, keys, set, type Json, type JsonObject } from "../json/value.ts";
import { findReferred } from "./pointer.ts";
import { MOST_VALUES } from "../json/size.ts";
import { carryOrigins, noteOrigin, type Trace } from "./trace.ts";

const REFERENCE = "$ref";
/** Fields that hold a config's values: a text there that looks like a reference is none. */
const CONFIG_VALUES = "config_overrides";

/**
 * Puts in place of every `"#/path"` and `$ref` what it refers to; members beside a `$ref` win over the referred ones.
 * What is referred to twice is resolved once and shared, so the result must not be changed in place.
 * @param trace learns whence everything came; with it a broken reference is noted there and left out, without it thrown.
 */
export function resolveReferences(manifest: JsonObject, trace?: Trace): JsonObject {
  const followed = new Map<string, Resolved>();
  const done = new Map<JsonObject, Resolved>();
  const open: string[] = [];
  let size = 0; // values seen so far, what is shared counted each time

  function again(known: Resolved): Json | undefined {
    size += known.size;
    if (size > MOST_VALUES) {
      throw configError(`The references stand for more than ${MOST_VALUES} values: this is no manifest.`);
    }
    return known.value;
  }

  function follow(reference: string, holder: object, key: string | number): Json | undefined {
    const known = followed.get(reference);
    if (known !== undefined) return again(known);
    if (open.includes(reference)) {
      const round = [...open.slice(open.indexOf(reference)), reference].join(" → ");
      return fail(`The reference "${reference}" leads back to itself: ${round}.`, reference, holder, key);
    }
    const found = findReferred(manifest, reference);
    if ("missing" in found) {
      const message = `The reference "${reference}" leads nowhere: there is no "${found.missing}".`;
      return fail(message, reference, holder, key, found.hint);
    }
    trace?.referred.add(found.value);
    open.push(reference);
    const before = size;
    const value = resolve(found.value, holder, key);
    open.pop();
    const resolved = { value, size: size - before };
    followed.set(reference, resolved);
    if (isObject(found.value)) done.set(found.value, resolved);
    return value;
  }

  function fail(message: string, reference: string, holder: object, key: string | number, hint?: string): undefined {
    if (trace === undefined) {
      const question = hint === undefined ? "" : ` Did you mean "${hint}"?`;
      throw configError(message + question, { code: "broken-reference" });
    }
    trace.brokenReferences.push({ holder, key, reference, message, hint });
  }

  // What holds no reference stays as it is: most of a manifest is schemas. Order is of no account in these loops, so they
  // go the fast way. Undefined is what a broken reference comes to.
  function resolve(node: Json, holder: object, key: string | number): Json | undefined {
    if (typeof node === "string") return node.startsWith("#/") ? follow(node, holder, key) : node;
    if (typeof node !== "object" || node === null || node instanceof Float) return node;
    return isList(node) ? resolveList(node) : resolveObject(node);
  }

  function resolveList(list: readonly Json[]): readonly Json[] {
    let result: Json[] | undefined;
    size += list.length;
    for (let i = 0; i < list.length; i++) {
      const value = resolve(list[i]!, list, i);
      if (value === list[i]) continue;
      if (result === undefined) {
        result = [...list];
        if (trace) carryOrigins(trace, list, result);
      }
      result[i] = value ?? {};
      if (value === undefined) trace?.incomplete.add(result[i] as object); // the {} just made
    }
    return result ?? list;
  }

  function resolveObject(node: JsonObject): Json | undefined {
    const known = done.get(node);
    if (known !== undefined) return again(known);
    const before = size;
    const value = node[REFERENCE] === undefined ? resolveMembers(node) : resolveReferring(node);
    if (value !== node) done.set(node, { value, size: size - before });
    return value;
  }

  function resolveMembers(node: JsonObject): JsonObject {
    let result = node;
    for (const key in node) {
      const member = node[key]!;
      size++;
      if (typeof member === "string" ? member.charCodeAt(0) !== 35 : typeof member !== "object") continue;
      const value = key === CONFIG_VALUES ? member : resolve(member, node, key);
      if (value === member) continue;
      if (result === node) {
        result = copy(node);
        if (trace) carryOrigins(trace, node, result);
      }
      const complete = value ?? {};
      if (value === undefined) trace?.incomplete.add(complete as object); // the {} just made
      set(result, key, complete);
    }
    return result;
  }

  function resolveReferring(node: JsonObject): Json {
    const reference = node[REFERENCE]!;
    const referred = resolve(reference, node, REFERENCE);
    if (referred !== undefined && !isObject(referred)) return referred;
    const result = copy(referred ?? {});
    if (referred === undefined) trace?.incomplete.add(result);
    else if (trace) carryOrigins(trace, referred, result, typeof reference === "string" ? reference : REFERENCE);
    for (const key of keys(node)) {
      size++;
      if (key === REFERENCE) continue;
      const member = node[key]!;
      const value = key === CONFIG_VALUES ? member : resolve(member, node, key);
      if (value !== undefined) set(result, key, value);
      if (trace) noteOrigin(trace, result, key, { holder: node, key, how: "literal", through: [] });
    }
    return result;
  }

  const resolved = resolve(manifest, manifest, "");
  if (!isObject(resolved)) throw configError("The manifest must be a mapping.", { code: "manifest-not-a-mapping" });
  return resolved;
}

/** What something came to, and how many values that holds. */
interface Resolved {
  readonly value: Json | undefined;
  readonly size: number;
}
