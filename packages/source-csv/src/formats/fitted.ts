import {
  entries,
  Float,
  get,
  isObject,
  set,
  valueRows,
  type Batch,
  type Json,
  type JsonObject,
  type Log,
} from "ferry-cdk";

const SHOWN = 3; // of each field

type Fits = (value: Json) => boolean;

/** Batches whose values are what the schema says: one that is not is sent as null, and told. Those that fit stay as they are. */
export async function* fitted(batches: AsyncIterable<Batch>, schema: JsonObject, log: Log): AsyncGenerator<Batch> {
  const properties = get(schema, "properties");
  const checks = (isObject(properties) ? entries(properties) : []).flatMap(([name, property]) => {
    const fits = checkOf(property);
    return fits === undefined ? [] : [[name, fits] as const];
  });
  const misfits = new Map<string, number>();
  let before = 0;
  for await (const batch of batches) {
    const wrong = new Map<number, string[]>();
    for (let row = 0; row < batch.length; row++) {
      const record = batch.value(row) as JsonObject; // formats give objects only
      for (const [name, fits] of checks) {
        const value = get(record, name);
        if (value === undefined || value === null || fits(value)) continue;
        wrong.set(row, [...(wrong.get(row) ?? []), name]);
        const count = (misfits.get(name) ?? 0) + 1;
        misfits.set(name, count);
        if (count <= SHOWN)
          log.warn(`Record ${before + row + 1}: ${JSON.stringify(name)} is not of its type: it is sent as null.`);
      }
    }
    before += batch.length;
    yield wrong.size === 0 ? batch : mended(batch, wrong);
  }
  for (const [name, count] of misfits)
    log.warn(
      `${JSON.stringify(name)} was not of its type in ${count} ${count === 1 ? "record" : "records"}, and was sent as null.`,
    );
}

function mended(batch: Batch, wrong: ReadonlyMap<number, readonly string[]>): Batch {
  const values = Array.from({ length: batch.length }, (_, row) => {
    const record = batch.value(row) as JsonObject; // as above
    for (const name of wrong.get(row) ?? []) set(record, name, null);
    return record;
  });
  return {
    ...valueRows(values),
    meta(row) {
      const names = wrong.get(row);
      return (
        names && { changes: names.map((field) => ({ field, change: "NULLED", reason: "SOURCE_SERIALIZATION_ERROR" })) }
      );
    },
  };
}

const KINDS: Readonly<Record<string, Fits | undefined>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: (value) =>
    value instanceof Float ? Number.isInteger(value.value) : typeof value === "bigint" || Number.isInteger(value),
  number: (value) => typeof value === "number" || typeof value === "bigint" || value instanceof Float,
  array: (value) => Array.isArray(value),
  object: (value) => isObject(value),
};
const FORMATS: Readonly<Record<string, RegExp | undefined>> = {
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
};

/** Undefined where everything fits. */
function checkOf(property: Json): Fits | undefined {
  if (!isObject(property)) return undefined;
  const kinds = [get(property, "type")].flat().flatMap((type) => (typeof type === "string" ? (KINDS[type] ?? []) : []));
  const format = get(property, "format");
  const pattern = typeof format === "string" ? FORMATS[format] : undefined;
  if (kinds.length === 0) return undefined;
  return (value) =>
    kinds.some((fits) => fits(value)) && (pattern === undefined || typeof value !== "string" || pattern.test(value));
}
