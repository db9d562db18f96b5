import { entries, get, isObject, type Json, type JsonObject } from "../json/value.ts";

/** Values never to be shown, and what hides them. */
export interface Secrets {
  readonly add: (value: string) => void;
  /** The text with every secret as `****`, also where one is URL-encoded, in base64, or escaped as in JSON. */
  readonly mask: (text: string) => string;
}

const MASK = "****";

export function createSecrets(): Secrets {
  const values = new Set<string>();
  let pattern: RegExp | undefined;
  return {
    add(value) {
      if (value === "" || values.has(value)) return;
      values.add(value);
      pattern = undefined;
    },
    mask(text) {
      if (values.size === 0) return text;
      pattern ??= hiding(values);
      return text.replace(pattern, MASK);
    },
  };
}

/** The values of the config's fields which the spec marks with `airbyte_secret`. */
export function secretsOf(connectionSpecification: JsonObject, config: JsonObject): string[] {
  const found: string[] = [];
  const walk = (schema: Json | undefined, value: Json | undefined, through: readonly Json[]): void => {
    if (!isObject(schema) || value === undefined || value === null) return;
    if (get(schema, "airbyte_secret") === true) return leaves(value, found);
    const reference = get(schema, "$ref");
    if (typeof reference === "string" && !through.includes(reference)) {
      walk(pointed(connectionSpecification, reference), value, [...through, reference]);
    }
    for (const keyword of ["oneOf", "anyOf", "allOf"]) {
      const choices = get(schema, keyword);
      if (isList(choices)) for (const choice of choices) walk(choice, value, through);
    }
    for (const keyword of ["if", "then", "else"]) walk(get(schema, keyword), value, through);
    if (isList(value)) {
      const items = get(schema, "items");
      value.forEach((item, index) => walk(isList(items) ? items[index] : items, item, []));
    } else if (isObject(value)) {
      const properties = get(schema, "properties");
      for (const [name, member] of entries(value)) {
        const known = isObject(properties) ? get(properties, name) : undefined;
        walk(known ?? get(schema, "additionalProperties"), member, []);
      }
    }
  };
  walk(connectionSpecification, config, []);
  return found;
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function leaves(value: Json, found: string[]): void {
  if (isList(value)) for (const item of value) leaves(item, found);
  else if (isObject(value)) for (const [, member] of entries(value)) leaves(member, found);
  else if (typeof value === "string") found.push(value);
  else if (typeof value === "number" || typeof value === "bigint") found.push(String(value));
}

/** What a reference within the schema points at. */
function pointed(root: JsonObject, reference: string): Json | undefined {
  let place: Json | undefined = root;
  for (const part of reference.replace(/^#\/?/, "").split("/")) {
    const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    place = isObject(place) ? get(place, name) : undefined;
  }
  return place;
}

/** Matches every form of every value, the longest first: one secret may be part of another. */
function hiding(values: Iterable<string>): RegExp {
  const forms = new Map<string, boolean>();
  for (const value of values) for (const form of formsOf(value)) forms.set(form, value.length < 4);
  const patterns = [...forms]
    .sort(([one], [other]) => other.length - one.length)
    .map(([form, word]) => (word ? `(?<![\\p{L}\\p{N}_])${quoted(form)}(?![\\p{L}\\p{N}_])` : quoted(form)));
  return new RegExp(patterns.join("|"), "gu");
}

function formsOf(value: string): Set<string> {
  const forms = new Set([value, value.trim()]);
  const wellFormed = Buffer.from(value).toString(); // the encoders refuse half a surrogate pair
  const url = encodeURIComponent(wellFormed);
  forms.add(url).add(url.replaceAll("%20", "+")).add(encodeURI(wellFormed));
  const escaped = JSON.stringify(value).slice(1, -1);
  forms.add(escaped).add(escaped.replace(/[\u007f-\uffff]/g, unicodeEscape));
  for (const form of inBase64(value)) forms.add(form).add(form.replaceAll("+", "-").replaceAll("/", "_"));
  forms.delete("");
  return forms;
}

const unicodeEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The value in base64, and what its bytes look like there when it stands within a longer text, as `user:password` does. */
function* inBase64(value: string): Generator<string> {
  const bytes = Buffer.from(value);
  yield bytes.toString("base64").replace(/=+$/, "");
  if (bytes.length < 8) return; // what is left of a short one is too likely to be something else
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = Math.floor(padded.length / 3) * 4;
    yield padded.toString("base64").slice(before === 0 ? 0 : 4, whole);
  }
}

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
