import { get, has, isObject, keys, type Json, type JsonObject } from "../../packages/cdk/src/json/value.ts";
import { survey } from "../../packages/cdk/src/manifest/check/survey.ts";
import type { Language } from "../../packages/cdk/src/manifest/language.ts";
import { loadTraced } from "../../packages/cdk/src/manifest/load-traced.ts";
import { findReferred } from "../../packages/cdk/src/manifest/pointer.ts";
import { originOf } from "../../packages/cdk/src/manifest/trace.ts";
import { placeOf, startOf } from "../../packages/cdk/src/yaml/places.ts";
import { pick, randomFrom } from "./random.ts";

export const kinds = ["type", "field", "reference", "missing", "scalar"] as const;
type Kind = (typeof kinds)[number];

/** A manifest with one mistake in it. */
export interface Mutation {
  readonly kind: Kind;
  readonly what: string;
  readonly text: string;
  /** The line, from 1, of the mistake; of a field that is missing, where its mapping starts. */
  readonly line: number;
}

/** A field of a component that is in use, and where it stands in the text. */
interface Target {
  readonly component: JsonObject;
  readonly key: string;
  readonly value: Json;
  /** The mapping, as written, that states it, and where that starts. */
  readonly holder: JsonObject;
  readonly start: number;
  readonly keyAt: number;
  readonly valueAt: number;
}

/** A piece of the text put in place of another. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly by: string;
  readonly what: string;
  /** Where the mistake is then. */
  readonly at: number;
}

/** Makes mistakes of all kinds in turn, the same ones for the same seed. */
export function mutate(text: string, language: Language, count: number, seed: number): Mutation[] {
  const random = randomFrom(seed);
  const manifest = loadTraced(text, "manifest").written;
  const targets = targetsOf(text, language);
  const makers: Record<Kind, () => Change | undefined> = {
    reference: () => misspeltReference(text, manifest, random),
    type: () => withTarget((target) => misspeltType(text, target, language, random)),
    field: () => withTarget((target) => misspeltField(text, target, language, random)),
    missing: () => withTarget((target) => missingField(text, target, language)),
    scalar: () => withTarget((target) => wrongScalar(text, target, language)),
  };
  const withTarget = (make: (target: Target) => Change | undefined): Change | undefined => {
    const target = pick(random, targets);
    return target && make(target);
  };
  const made: Mutation[] = [];
  for (let turn = 0; made.length < count && turn < count * kinds.length; turn++) {
    const kind = kinds[turn % kinds.length]!;
    let change: Change | undefined;
    for (let attempt = 0; change === undefined && attempt < 200; attempt++) change = makers[kind]();
    if (change === undefined) continue; // the manifest has nothing to make this mistake in
    const { from, to, by, at, what } = change;
    made.push({
      kind,
      what,
      text: text.slice(0, from) + by + text.slice(to),
      line: text.slice(0, at).split("\n").length,
    });
  }
  return made;
}

function targetsOf(text: string, language: Language): Target[] {
  const { resolved, trace, places } = loadTraced(text, "manifest");
  const targets = new Map<number, Target>();
  for (const { value: component } of survey(language, resolved).mappings) {
    const parameters = get(component, "$parameters");
    for (const key of keys(component)) {
      const { how, holder } = originOf(trace, component, key);
      const place = how === "literal" || how === "$ref" ? placeOf(places, holder, key) : undefined;
      const given = parameters !== undefined && isObject(parameters) && has(parameters, key);
      if (place === undefined || given || !isObject(holder) || has(holder, "$ref")) continue;
      const start = startOf(places, holder) ?? place.key;
      const value = component[key]!;
      targets.set(place.key, { component, key, value, holder, start, keyAt: place.key, valueAt: place.value });
    }
  }
  return [...targets.values()];
}

function misspeltType(text: string, target: Target, language: Language, random: () => number): Change | undefined {
  const { key, value, valueAt } = target;
  if (key !== "type" || typeof value !== "string" || !language.components.has(value)) return undefined;
  const from = text.indexOf(value, valueAt);
  if (from < 0 || from > valueAt + 1) return undefined;
  const by = misspelt(value, random);
  return { from, to: from + value.length, by, at: from, what: `type ${by}` };
}

function misspeltField(text: string, target: Target, language: Language, random: () => number): Change | undefined {
  const { key, keyAt, component } = target;
  const fields = fieldsOf(component, language);
  if (key === "type" || key.startsWith("$") || fields?.[key] === undefined || !text.startsWith(key, keyAt))
    return undefined;
  const by = misspelt(key, random);
  return fields[by] === undefined
    ? { from: keyAt, to: keyAt + key.length, by, at: keyAt, what: `field ${by}` }
    : undefined;
}

function misspeltReference(text: string, manifest: JsonObject, random: () => number): Change | undefined {
  const found = pick(random, [...text.matchAll(/(?<=["' ])#\/[\w./-]+(?=["'\s])/g)]);
  if (found === undefined) return undefined;
  const [reference] = found;
  const cut = reference.lastIndexOf("/") + 1;
  const by = reference.slice(0, cut) + misspelt(reference.slice(cut), random);
  if (cut === reference.length || !("missing" in findReferred(manifest, by))) return undefined;
  return { from: found.index, to: found.index + reference.length, by, at: found.index, what: `reference ${by}` };
}

/** Takes out the lines of a field that its component must have. */
function missingField(text: string, target: Target, language: Language): Change | undefined {
  const { key, keyAt, component, start } = target;
  const field = fieldsOf(component, language)?.[key];
  const from = text.lastIndexOf("\n", keyAt) + 1;
  const indent = keyAt - from;
  if (key === "type" || field === undefined || field.safeParse(undefined).success) return undefined;
  if (text.slice(from, keyAt).trim() !== "") return undefined;
  let to = text.indexOf("\n", from) + 1;
  while (to > 0 && to < text.length) {
    const line = /[^\n]*(?:\n|$)/y;
    line.lastIndex = to;
    const next = line.exec(text)![0]; // it matches any text
    const depth = next.search(/\S/);
    if (depth >= 0 && !(depth > indent || (depth === indent && next.startsWith("- ", depth)))) break;
    to += next.length;
  }
  // Of a mapping without its first key the next one is the first, on the same line.
  return { from, to: to || text.length, by: "", at: start, what: `no ${key}` };
}

const SCALARS: readonly (readonly [text: string, value: Json])[] = [
  ["12345", 12345],
  ["true", true],
  ["not-a-number", "not-a-number"],
  ["[1, 2]", [1, 2]],
];

function wrongScalar(text: string, target: Target, language: Language): Change | undefined {
  const { key, value, valueAt, component } = target;
  const field = fieldsOf(component, language)?.[key];
  if (field === undefined || key === "type" || (typeof value === "object" && value !== null)) return undefined;
  const written = /(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s#,[\]{}|>&*"'][^#,[\]{}\n]*?)(?=\s*(?:[#,\]}\n]|$))/y;
  written.lastIndex = valueAt;
  const [former] = written.exec(text) ?? [];
  const wrong = SCALARS.find(([, candidate]) => !field.safeParse(candidate).success);
  if (former === undefined || wrong === undefined) return undefined;
  return { from: valueAt, to: valueAt + former.length, by: wrong[0], at: valueAt, what: `${key}: ${wrong[0]}` };
}

interface Field {
  safeParse(value: unknown): { readonly success: boolean };
}

function fieldsOf(component: JsonObject, language: Language): Readonly<Record<string, Field>> | undefined {
  const type = get(component, "type");
  return typeof type === "string" && language.components.has(type) ? language.schemaOf(type).shape : undefined;
}

/** A word with two letters swapped, or one left out or doubled. */
function misspelt(word: string, random: () => number): string {
  for (;;) {
    const at = 1 + Math.floor(random() * (word.length - 1));
    const way = Math.floor(random() * 3);
    const letter = word[at] ?? "x";
    const changed =
      way === 0
        ? word.slice(0, at - 1) + letter + word[at - 1]! + word.slice(at + 1)
        : word.slice(0, at) + (way === 1 ? letter + letter : "") + word.slice(at + 1);
    if (changed !== word && changed !== "") return changed;
  }
}
