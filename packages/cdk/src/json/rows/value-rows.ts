import { printRow } from "../print.ts";
import { get, isObject, type Json } from "../value.ts";
import type { Batch } from "./batch.ts";

/** Rows that are values: what a transformation, a filter or a decoder of another format gives. */
export function valueRows(values: readonly Json[]): Batch {
  return {
    length: values.length,
    value: (i) => values[i]!,
    field(i, name) {
      const row = values[i];
      return isObject(row) ? get(row, name) : undefined;
    },
    text: (i) => printRow(values[i]!),
  };
}
