import type { FieldChange } from "../../cassette/json-shape.ts";
import { fieldDifferences } from "./field-differences.ts";
import { schemaDifferences, typeDifferences } from "./field-types.ts";
import { recordDifferences, type RecordDifferences } from "./record-differences.ts";
import { requestDifferences, type RequestDifferences } from "./request-differences.ts";
import type { StreamRun } from "./stream-run.ts";

/** How a run of a stream differs from the one before it. */
export interface Differences {
  readonly records: RecordDifferences;
  /** Types of fields as records have them. */
  readonly types: readonly FieldChange[];
  /** Fields of the declared schema; `""` where it differs in something else. */
  readonly schema: readonly FieldChange[];
  readonly requests: RequestDifferences;
}

export function differencesOf(before: StreamRun, after: StreamRun): Differences {
  const declared = [before.stream.json_schema, after.stream.json_schema] as const;
  const schema = schemaDifferences(...declared);
  const isOther = schema.length === 0 && fieldDifferences(...declared).length > 0;
  return {
    records: recordDifferences(before.records, after.records, after.stream.source_defined_primary_key ?? []),
    types: typeDifferences(before.records, after.records),
    schema: isOther ? [{ name: "", before: "as it was", after: "changed" }] : schema,
    requests: requestDifferences(before.requests, after.requests),
  };
}

export const isSame = ({ records, types, schema, requests }: Differences): boolean =>
  [records.added, records.removed, records.changed, types, schema].every((list) => list.length === 0) &&
  hasNone(requests);

export const hasNone = ({ added, removed, changed }: RequestDifferences): boolean =>
  added.length + removed.length + changed.length === 0;
