import { configError } from "../../../errors.ts";
import { get, isList, isObject, keys, set, type Json, type JsonObject } from "../../../json/value.ts";
import { converter } from "./convert.ts";

/** Is told, once a field, of a value that cannot be cast and is left as it is. */
export type Uncast = (field: string, value: Json, type: string) => void;

/**
 * Makes what casts the values of a record, in place, to a JSON Schema: members by `properties`, items by `items`, both
 * also behind a `$ref`. Other keywords are not looked into, as in the reference.
 * @throws a config error for a `$ref` that leads nowhere
 */
export function typeCaster(schema: JsonObject, uncast: Uncast): (record: JsonObject) => void {
  return createCasters(schema, uncast)(schema, "");
}

type Caster = (value: Json) => void;

function createCasters(root: JsonObject, uncast: Uncast): (schema: Json, field: string) => Caster {
  const made = new Map<Json, Caster>();

  function casterOf(schema: Json, field: string): Caster {
    if (!isObject(schema)) return nothing; // true or false
    const known = made.get(schema);
    if (known !== undefined) return known;
    // A schema may hold itself by a $ref: it finds what is made here later.
    let casters: readonly Caster[] = [];
    const caster: Caster = (value) => {
      for (const cast of casters) cast(value);
    };
    made.set(schema, caster);
    casters = keys(schema).flatMap((keyword) => castersOf(keyword, schema[keyword]!, field));
    if (casters.length === 0) made.set(schema, nothing);
    return casters.length === 0 ? nothing : casters.length === 1 ? casters[0]! : caster;
  }

  function castersOf(keyword: string, value: Json, field: string): Caster[] {
    if (keyword === "$ref" && typeof value === "string") return [casterOf(referenced(root, value), field)];
    if (keyword === "properties" && isObject(value)) return [castMembers(value, field)];
    if (keyword !== "items") return [];
    return [isList(value) ? castEach(value, field) : castItems(value, field)];
  }

  function castMembers(properties: JsonObject, field: string): Caster {
    const members = keys(properties).map((key) => {
      const name = field === "" ? key : `${field}.${key}`;
      return {
        key,
        convert: converter(properties[key]!, (v, type) => uncast(name, v, type)),
        within: casterOf(properties[key]!, name),
      };
    });
    return (value) => {
      if (!isObject(value)) return;
      for (const { key, convert, within } of members) {
        const member = get(value, key);
        if (member === undefined) continue;
        const cast = convert === undefined ? member : convert(member);
        if (cast !== member) set(value, key, cast);
        if (within !== nothing) within(cast);
      }
    };
  }

  function castItems(schema: Json, field: string): Caster {
    const name = `${field}.*`;
    const convert = converter(schema, (value, type) => uncast(name, value, type));
    const within = casterOf(schema, name);
    return (value) => {
      if (!isList(value)) return;
      const items = value as Json[]; // a record's lists are its own
      for (let i = 0; i < items.length; i++) {
        if (convert !== undefined) items[i] = convert(items[i]!);
        within(items[i]!);
      }
    };
  }

  /** A list of schemas is one an item; the items themselves are not cast. */
  function castEach(schemas: readonly Json[], field: string): Caster {
    const casters = schemas.map((schema) => casterOf(schema, `${field}.*`));
    return (value) => {
      if (isList(value)) casters.forEach((cast, i) => i < value.length && cast(value[i]!));
    };
  }

  return casterOf;
}

const nothing: Caster = () => undefined;

function referenced(root: JsonObject, reference: string): Json {
  let found: Json | undefined = root;
  for (const part of reference.replace(/^#\/?/, "").split("/")) {
    if (part === "" && reference.length <= 2) break;
    const name = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) ? get(found, name) : isList(found) ? found[Number(name)] : undefined;
  }
  if (!reference.startsWith("#") || found === undefined) {
    throw configError(`The stream's schema refers to ${JSON.stringify(reference)}, which it does not hold.`);
  }
  return found;
}
