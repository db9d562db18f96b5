import { deepCopyObject } from "../../../json/deep-copy.ts";
import type { Batch } from "../../../json/rows/batch.ts";
import { pickRows } from "../../../json/rows/pick-rows.ts";
import { valueRows } from "../../../json/rows/value-rows.ts";
import type { Json, JsonObject } from "../../../json/value.ts";
import type { Cursor, RecordFilter, Slice, Transformation } from "../../../roles.ts";
import { transform, type RecordContext } from "../../transformations/shared/transform.ts";

export interface RowStages {
  readonly filter: RecordFilter | undefined;
  /** Drops what was synced before. */
  readonly cursor: Cursor | undefined;
  readonly transformations: readonly Transformation[];
  readonly transformFirst: boolean;
  /** Whether the rows' values are seen elsewhere, and have to be copied before they are changed. */
  readonly shared: boolean;
}

/**
 * Makes what becomes of the rows of one page; `record` makes a row a record, or throws. Rows before a fault go on before it is
 * thrown, as in the reference.
 */
export type PageStages = (
  context: RecordContext,
  slice: Slice,
  record: (row: Json) => JsonObject,
  cast: ((record: JsonObject) => void) | undefined,
) => (rows: Batch) => Generator<Batch>;

/** Filter, transformations, casts. Rows that nothing looks at stay as they came. */
export function rowStages(options: RowStages): PageStages {
  const { filter, cursor, transformations, transformFirst, shared } = options;
  const filters = filter !== undefined || cursor !== undefined;
  return (context, slice, record, cast) => {
    const keeps = (row: Json): boolean => {
      if (cursor !== undefined && !cursor.includes(record(row), slice)) return false;
      if (filter === undefined) return true;
      context.record = row;
      return filter(row, context);
    };
    const changed = (row: Json, copied: boolean): JsonObject =>
      transform(copied ? deepCopyObject(record(row)) : record(row), transformations, context);

    function* change(rows: Batch): Generator<Batch> {
      const copied = shared && rows.places === undefined;
      let records: JsonObject[] = [];
      const take = (i: number): void => {
        let row = rows.value(i);
        if (transformFirst) row = changed(row, copied);
        if (filters && !keeps(row)) return;
        const made = transformFirst ? record(row) : changed(row, copied);
        cast?.(made);
        records.push(made);
      };
      for (let from = 0; from < rows.length; from += MOST_CHANGED) {
        records = [];
        yield* upToFault(from, Math.min(from + MOST_CHANGED, rows.length), take, () => valueRows(records));
      }
    }

    function* pass(rows: Batch): Generator<Batch> {
      if (!filters && rows.onlyObjects === true) {
        yield rows;
        return;
      }
      const kept: number[] = [];
      let made = false; // whether some row is a record only by what becomes of it
      const take = (i: number): void => {
        const row = rows.value(i);
        if (filters && !keeps(row)) return;
        if (record(row) !== row) made = true;
        kept.push(i);
      };
      yield* upToFault(0, rows.length, take, () => {
        if (made) return valueRows(kept.map((i) => record(rows.value(i))));
        return kept.length === rows.length ? rows : pickRows(rows, kept);
      });
    }

    return transformations.length > 0 || cast !== undefined ? change : pass;
  };
}

/** So that what rows became is sent, and forgotten, before many others are made. */
const MOST_CHANGED = 100;

function* upToFault(from: number, to: number, take: (i: number) => void, batch: () => Batch): Generator<Batch> {
  try {
    for (let i = from; i < to; i++) take(i);
  } catch (fault) {
    yield batch();
    throw fault;
  }
  yield batch();
}
