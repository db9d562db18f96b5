import type { HttpResponse } from "../../../http/types.ts";
import { deepCopyObject } from "../../../json/deep-copy.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { pickRows } from "../../../json/rows/pick-rows.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import { isObject, type Json, type JsonObject } from "../../../json/value.ts";
import type { Cursor, RecordFilter, Slice, Transformation } from "../../../roles.ts";
import { transform, type RecordContext } from "../../transformations/shared/transform.ts";
import { noObject, requireObjects } from "./require-objects.ts";

export interface RowStages {
  readonly stream: string;
  readonly filter: RecordFilter | undefined;
  /** Drops what was synced before. */
  readonly cursor: Cursor | undefined;
  readonly transformations: readonly Transformation[];
  readonly transformFirst: boolean;
  /** Whether the rows' values are seen elsewhere, and have to be copied before they are changed. */
  readonly shared: boolean;
}

/** Makes what becomes of the rows of one page. */
export type PageStages = (
  context: RecordContext,
  slice: Slice,
  response: HttpResponse,
  cast: ((record: JsonObject) => void) | undefined,
) => (rows: Batch) => Batch;

/** Filter, transformations, casts. Rows that nothing looks at stay as they came. */
export function rowStages(options: RowStages): PageStages {
  const { stream, filter, cursor, transformations, transformFirst, shared } = options;
  const filters = filter !== undefined || cursor !== undefined;
  return (context, slice, response, cast) => {
    const changes = transformations.length > 0 || cast !== undefined;
    if (!changes && !filters) {
      return (rows) => {
        requireObjects(rows, stream, response);
        return rows;
      };
    }

    const keeps = (row: Json): boolean => {
      if (cursor !== undefined && !cursor.includes(object(row), slice)) return false;
      if (filter === undefined) return true;
      context.record = row;
      return filter(row, context);
    };
    const object = (row: Json): JsonObject => {
      if (!isObject(row)) throw noObject(row, stream, response);
      return row;
    };
    const changed = (row: Json, copied: boolean): JsonObject =>
      transform(copied ? deepCopyObject(object(row)) : object(row), transformations, context);

    if (!changes) {
      return (rows) => {
        const kept: number[] = [];
        for (let i = 0; i < rows.length; i++) if (keeps(rows.value(i))) kept.push(i);
        const picked = kept.length === rows.length ? rows : pickRows(rows, kept);
        requireObjects(picked, stream, response);
        return picked;
      };
    }
    return (rows) => {
      const copied = shared && rows.places === undefined;
      const records: JsonObject[] = [];
      for (let i = 0; i < rows.length; i++) {
        let row = rows.value(i);
        if (transformFirst) row = changed(row, copied);
        if (filters && !keeps(row)) continue;
        const record = transformFirst ? object(row) : changed(row, copied);
        cast?.(record);
        records.push(record);
      }
      return valueRows(records);
    };
  };
}
