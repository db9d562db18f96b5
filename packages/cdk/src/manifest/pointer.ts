import { get, isList, isObject, keys, type Json, type JsonObject } from "../json/value.ts";
import { nearest } from "../protocol/nearest.ts";

/** What a reference came to: a value, or how far it led. */
export type Found = { readonly value: Json } | { readonly missing: string; readonly hint: string | undefined };

/** Finds what a reference names: at each level the rest of the path is tried as one key first, so keys may hold "/". */
export function findReferred(manifest: JsonObject, reference: string): Found {
  let rest = /^#\/([^\n]*)/.exec(reference)?.[1] ?? "";
  let walked = "#";
  let node: Json = manifest;
  while (rest !== "") {
    const whole = member(node, rest);
    if (whole !== undefined) return { value: whole };
    const slash = rest.indexOf("/");
    const head = slash < 0 ? rest : rest.slice(0, slash);
    const next = member(node, head);
    rest = slash < 0 ? "" : rest.slice(slash + 1);
    if (next === undefined) {
      const near = isObject(node) ? nearest(head, keys(node)) : undefined;
      return {
        missing: head,
        hint: near === undefined ? undefined : `${walked}/${near}${rest === "" ? "" : `/${rest}`}`,
      };
    }
    node = next;
    walked += `/${head}`;
  }
  return { value: node };
}

function member(node: Json, key: string): Json | undefined {
  if (isList(node)) return /^-?\d+$/.test(key) ? node.at(Number(key)) : undefined;
  return isObject(node) ? get(node, key) : undefined;
}
