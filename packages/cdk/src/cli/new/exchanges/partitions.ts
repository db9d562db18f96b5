import { get, type JsonObject } from "../../../json/value.ts";
import { secretField } from "../config-fields.ts";
import { singular, snakeCase, type ConfigField, type FilledPath, type Partition } from "../draft.ts";
import { isOpaque } from "../secret-names.ts";
import { segmentsOf, type Endpoint } from "./endpoints.ts";

/** A stream whose records may name the partitions of others. */
export interface Parent {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Its records. */
  readonly all: readonly JsonObject[];
}

/** Fills the identifiers in a path: by the records of another stream that have them, else by fields of the config. */
export function fillSegments(
  endpoint: Endpoint,
  all: readonly Parent[],
  secrets: ReadonlyMap<string, string>,
): FilledPath {
  const partitions: Partition[] = [];
  const fields: ConfigField[] = [];
  const told: string[] = [];
  const segments = endpoint.segments.map((segment, index) => {
    if (segment !== undefined) return encodeURIComponent(segment).replaceAll("%40", "@").replaceAll("%3A", ":");
    const values = [...new Set(endpoint.exchanges.map(({ request }) => segmentsOf(request.url)[index] ?? ""))];
    const before = endpoint.segments.slice(0, index).findLast((each) => each !== undefined) ?? "record";
    const field = `${singular(snakeCase(before))}_id`;
    const parent = parentOf(values, before, endpoint, all);
    if (parent !== undefined) {
      partitions.push({ type: "parent", stream: parent.name, key: parent.key, field });
      told.push(`${field} from ${parent.name}.${parent.key}`);
      return `{{ stream_partition['${field}'] }}`;
    }
    const [value = ""] = values;
    const secret = secrets.has(value) || (isOpaque(value) && !/^[0-9a-f-]+$/i.test(value));
    const title = field.replaceAll("_", " ");
    fields.push(
      secret
        ? secretField(field, title)
        : { name: field, schema: { type: "string", title }, required: true, example: value },
    );
    told.push(`${field} from the config`);
    return `{{ config['${field}'] }}`;
  });
  return {
    path: `/${segments.join("/")}`,
    partitions,
    fields,
    finding:
      told.length === 0
        ? undefined
        : {
            subject: "partitions",
            value: told.join(", "),
            confidence: partitions.length === told.length ? "high" : "medium",
            why: "the identifiers in the path",
          },
  };
}

/** The stream whose records have these values in a field. */
function parentOf(
  values: readonly string[],
  before: string,
  endpoint: Endpoint,
  all: readonly Parent[],
): { readonly name: string; readonly key: string } | undefined {
  const depth = (each: Endpoint): number => each.segments.filter((segment) => segment === undefined).length;
  const lastOf = (each: Endpoint): string | undefined => each.segments.findLast((segment) => segment !== undefined);
  // Small numbers are identifiers of anything: the list that the path names is asked first.
  const ranked = [...all].sort(
    (one, other) => Number(lastOf(other.endpoint) === before) - Number(lastOf(one.endpoint) === before),
  );
  for (const { name, endpoint: other, all: records } of ranked) {
    // A stream of its own parents would wait for itself: what has as many identifiers in its path is none.
    if (other === endpoint || depth(other) >= depth(endpoint) || records.length === 0) continue;
    const names = new Set(records.flatMap((record) => Object.keys(record)));
    for (const key of ["id", ...names]) {
      const known = new Set(records.map((record) => String(get(record, key) ?? "")));
      if (values.every((value) => known.has(value))) return { name, key };
    }
  }
  return undefined;
}
