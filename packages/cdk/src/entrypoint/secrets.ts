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
  const forms = [...values].flatMap((value) => {
    const isWord = value.length < 4;
    const spellings = [...new Set([value, value.trim()])].map((text) => [text.length, spelled(text)] as const);
    const encoded = [...inBase64(value)].flatMap((form) =>
      [form, form.replaceAll("+", "-").replaceAll("/", "_")].map((text) => [text.length, quoted(text)] as const),
    );
    return [...spellings, ...encoded].map(([length, pattern]) => ({ length, pattern, isWord }));
  });
  const patterns = forms
    .filter(({ length }) => length > 0)
    .sort((one, other) => other.length - one.length)
    .map(({ pattern, isWord }) => (isWord ? `(?<![\\p{L}\\p{N}_])${pattern}(?![\\p{L}\\p{N}_])` : pattern));
  return new RegExp([...new Set(patterns)].join("|"), "gu");
}

/**
 * The text, each character of it as it is, percent-encoded, or escaped as in JSON or in Python: encoders differ in what they
 * encode, but all leave letters and digits alone.
 */
function spelled(text: string): string {
  return Array.from(text, (character) => (/[A-Za-z0-9]/.test(character) ? character : oneOf(waysOf(character)))).join(
    "",
  );
}

function* waysOf(character: string): Generator<string> {
  // A backslash is escaped once more where JSON holds JSON.
  if (character === "\\") yield "\\\\{1,4}";
  else if (character === '"' || character === "'" || character === "/") yield `\\\\{0,3}${quoted(character)}`;
  else yield quoted(character);
  if (character === " ") yield "\\+";
  const short = JSON.stringify(character).slice(1, -1);
  if (/^\\[bfnrt]$/.test(short)) yield `\\\\{1,3}${short.slice(1)}`;
  yield [...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join("");
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  yield units.map((unit) => `\\\\{1,3}u${hex(unit, 4)}`).join("");
}

const oneOf = (ways: Iterable<string>): string => `(?:${[...ways].join("|")})`;

/** Hexadecimal digits in either case. */
const hex = (number: number, digits: number): string =>
  number
    .toString(16)
    .padStart(digits, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

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
