import { fromEntries, type Json, type JsonObject } from "../json/value.ts";
import { createRecordSample, type FieldSample } from "./record-sample.ts";

/** How much a sample is trusted. */
export interface Trust {
  /** Any field may be null: a sample does not tell that it never is. Else what never was null in enough records is not. */
  readonly anyNull: boolean;
  /** Texts of few different values are enumerations, and more formats than those of dates are stated. */
  readonly detailed: boolean;
}

/** So many values it takes to say that a field is never null, or is an enumeration. */
const ENOUGH = 20;

/**
 * The JSON Schema that all these records hold to. Any field may be null: a sample does not tell that it never is.
 * @experimental
 */
export function inferSchema(records: readonly JsonObject[]): JsonObject {
  const sample = createRecordSample();
  for (const record of records) sample.note(record);
  return schemaOfSample(sample.root, { anyNull: true, detailed: false });
}

/** The schema of a stream whose records are like this; `certain` fields are never null. */
export function schemaOfSample(root: FieldSample, trust: Trust, certain: readonly string[] = []): JsonObject {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    additionalProperties: true,
    properties: propertiesOf(root, trust, new Set(certain)),
  };
}

/** The schema of one place. */
export function schemaOfField(field: FieldSample, trust: Trust, certain = false): JsonObject {
  const types = [...field.types.keys()];
  const wider = types.includes("number") ? types.filter((type) => type !== "integer") : types;
  const known = wider.length > 0 ? wider : ["string"];
  const nullable = !certain && isNullable(field, trust);
  const [format = ""] = field.formats;
  const isStated = types.length === 1 && field.formats.size === 1 && format !== "";
  const values = trust.detailed && types.length === 1 && !isStated ? enumeration(field) : undefined;
  return {
    type: nullable ? ["null", ...known] : known.length === 1 ? known[0]! : known,
    ...(isStated && (trust.detailed || format.startsWith("date")) ? { format } : {}),
    ...(values === undefined ? {} : { enum: [...values, ...(nullable ? [null] : [])] satisfies Json[] }),
    ...(field.types.has("object")
      ? { additionalProperties: true, properties: propertiesOf(field, trust, new Set()) }
      : {}),
    ...(field.items === undefined ? {} : { items: schemaOfField(field.items, trust) }),
  };
}

function isNullable(field: FieldSample, { anyNull }: Trust): boolean {
  return anyNull || field.nulls > 0 || field.count < field.chances || field.count < ENOUGH;
}

/** The values of a text that come again and again, and look like names of a state or a kind. */
function enumeration({ values, count, nulls }: FieldSample): string[] | undefined {
  if (values === undefined || values.size < 2 || count - nulls < Math.max(ENOUGH, values.size * 5)) return undefined;
  const names = [...values.keys()];
  const isName = names.every((name) => /^[A-Za-z][\w-]*$/.test(name)) && [...values.values()].every((each) => each > 1);
  return isName ? names.sort() : undefined;
}

function propertiesOf(field: FieldSample, trust: Trust, certain: ReadonlySet<string>): JsonObject {
  return fromEntries([...field.members].map(([key, member]) => [key, schemaOfField(member, trust, certain.has(key))]));
}
