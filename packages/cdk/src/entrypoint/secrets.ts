import { secretPattern } from "../encoding/secret-pattern.ts";
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
      pattern ??= secretPattern(values);
      return text.replace(pattern, MASK);
    },
  };
}

/** A secret of a config, and where it stands there, such as `credentials.client_secret`. */
export interface ConfigSecret {
  readonly value: string;
  readonly path: string;
}

/** The values of the config's fields which the spec marks with `airbyte_secret`. */
export function secretsOf(connectionSpecification: JsonObject, config: JsonObject): ConfigSecret[] {
  const found: ConfigSecret[] = [];
  const walk = (
    schema: Json | undefined,
    value: Json | undefined,
    path: readonly (string | number)[],
    through: readonly Json[],
  ): void => {
    if (!isObject(schema) || value === undefined || value === null) return;
    if (get(schema, "airbyte_secret") === true) return leaves(value, path, found);
    const reference = get(schema, "$ref");
    if (typeof reference === "string" && !through.includes(reference)) {
      walk(pointed(connectionSpecification, reference), value, path, [...through, reference]);
    }
    for (const keyword of ["oneOf", "anyOf", "allOf"]) {
      const choices = get(schema, keyword);
      if (isList(choices)) for (const choice of choices) walk(choice, value, path, through);
    }
    for (const keyword of ["if", "then", "else"]) walk(get(schema, keyword), value, path, through);
    if (isList(value)) {
      const items = get(schema, "items");
      value.forEach((item, index) => walk(isList(items) ? items[index] : items, item, [...path, index], []));
    } else if (isObject(value)) {
      const properties = get(schema, "properties");
      for (const [name, member] of entries(value)) {
        const known = isObject(properties) ? get(properties, name) : undefined;
        walk(known ?? get(schema, "additionalProperties"), member, [...path, name], []);
      }
    }
  };
  walk(connectionSpecification, config, [], []);
  return found;
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function leaves(value: Json, path: readonly (string | number)[], found: ConfigSecret[]): void {
  if (isList(value)) value.forEach((item, index) => leaves(item, [...path, index], found));
  else if (isObject(value)) for (const [name, member] of entries(value)) leaves(member, [...path, name], found);
  else if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    found.push({ value: String(value), path: path.join(".") });
  }
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
