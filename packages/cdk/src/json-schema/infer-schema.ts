import { entries, Float, fromEntries, isObject, type Json, type JsonObject } from "../json/value.ts";

/** What is known of a value's place: its types, and what is in its objects and lists. */
interface Seen {
  readonly types: Set<string>;
  readonly formats: Set<string>;
  readonly members: Map<string, Seen>;
  items: Seen | undefined;
}

/** The JSON Schema that all these records hold to. Any field may be null: a sample does not tell that it never is. */
export function inferSchema(records: readonly JsonObject[]): JsonObject {
  const seen = nothing();
  for (const record of records) note(seen, record);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    additionalProperties: true,
    properties: propertiesOf(seen),
  };
}

const nothing = (): Seen => ({ types: new Set(), formats: new Set(), members: new Map(), items: undefined });

function note(seen: Seen, value: Json): void {
  if (value === null) return;
  if (Array.isArray(value)) {
    seen.types.add("array");
    for (const item of value as readonly Json[]) note((seen.items ??= nothing()), item);
  } else if (isObject(value)) {
    seen.types.add("object");
    for (const [key, member] of entries(value)) {
      const known = seen.members.get(key) ?? nothing();
      seen.members.set(key, known);
      note(known, member);
    }
  } else {
    const type = typeOf(value);
    seen.types.add(type);
    if (type === "string") seen.formats.add(formatOf(value as string)); // typeOf says so
  }
}

function typeOf(value: Json): string {
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (value instanceof Float) return "number";
  return typeof value;
}

function formatOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return "date";
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? "date-time" : "";
}

function schemaOf(seen: Seen): JsonObject {
  const types = [...seen.types];
  const wider = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  const [format] = seen.formats;
  return {
    type: ["null", ...(wider.length > 0 ? wider : ["string"])],
    ...(types.length === 1 && seen.formats.size === 1 && format !== undefined && format !== "" ? { format } : {}),
    ...(seen.types.has("object") ? { additionalProperties: true, properties: propertiesOf(seen) } : {}),
    ...(seen.items === undefined ? {} : { items: schemaOf(seen.items) }),
  };
}

function propertiesOf(seen: Seen): JsonObject {
  return fromEntries([...seen.members].map(([key, member]) => [key, schemaOf(member)]));
}
