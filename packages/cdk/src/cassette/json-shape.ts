import { jsonType } from "../json/json-type.ts";
import { entries, isList, isObject, type Json } from "../json/value.ts";

/** What values at a place were seen to be. */
export interface FieldShape {
  /** Names of JSON Schema; null is told apart. */
  readonly types: ReadonlySet<string>;
  readonly nullable: boolean;
  /** Whether some object around it went without. */
  readonly optional: boolean;
}

/** Gathers the shape of JSON values: of the members of all objects at a place, and of all items of a list, together. */
export interface ShapeCollector {
  add(value: Json): void;
  /** By places such as `data[].owner.id`; the whole is the empty place. */
  shape(): ReadonlyMap<string, FieldShape>;
}

/** An object with more members than this is a map. */
const MOST = 100;
/** Keys that are data, not names. */
const IDENTIFIER = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-.*|[0-9a-f]{16,}|\d{4}-\d\d-\d\d.*)$/i;

export function collectShape(): ShapeCollector {
  const fields = new Map<string, { types: Set<string>; seen: number; parent: string }>();
  const objects = new Map<string, number>();

  function add(value: Json, place: string, parent: string): void {
    let field = fields.get(place);
    if (field === undefined) fields.set(place, (field = { types: new Set(), seen: 0, parent }));
    field.types.add(jsonType(value));
    field.seen++;
    if (isList(value)) for (const item of value) add(item, `${place}[]`, place);
    else if (isObject(value)) {
      objects.set(place, (objects.get(place) ?? 0) + 1);
      const members = entries(value);
      const isMap = members.length > MOST || (members.length > 0 && members.every(([name]) => IDENTIFIER.test(name)));
      for (const [name, member] of members) add(member, joined(place, isMap ? "*" : name), place);
    }
  }

  return {
    add: (value) => add(value, "", ""),
    shape: () =>
      new Map(
        [...fields].map(([place, { types, seen, parent }]) => [
          place,
          {
            types: new Set([...types].filter((type) => type !== "null")),
            nullable: types.has("null"),
            optional: place !== "" && !place.endsWith("[]") && seen < (objects.get(parent) ?? 0),
          },
        ]),
      ),
  };
}

/** The fields of a shape in words, such as `integer or null, sometimes missing`. */
export const describeShape = (shape: ReadonlyMap<string, FieldShape>): ReadonlyMap<string, string> =>
  new Map([...shape].map(([place, field]) => [place, described(field)]));

function described({ types, nullable, optional }: FieldShape): string {
  const type = [...types].sort().join(" or ");
  const whole = nullable ? (type === "" ? "null" : `${type} or null`) : type;
  return optional ? `${whole}, sometimes missing` : whole;
}

/** A field that is described otherwise, or on one side only. */
export interface FieldChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The fields that differ, by name. What is gone together with the object around it is told by that. */
export function fieldChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FieldChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const change = { name, before: before.get(name), after: after.get(name) };
    const around = name.replace(/(?:\[\]|\.[^.[]+|^[^.[]+)$/, "");
    const isOwn = around === "" || name === "" || (before.has(around) && after.has(around));
    return change.before !== change.after && isOwn ? [change] : [];
  });
}

const joined = (place: string, name: string): string => (place === "" ? name : `${place}.${name}`);
