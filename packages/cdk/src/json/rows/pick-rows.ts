import type { Batch } from "./batch.ts";

/** Some rows of a batch, as they are there. */
export function pickRows(batch: Batch, indices: readonly number[]): Batch {
  const { fileReference, meta } = batch;
  return {
    length: indices.length,
    onlyObjects: batch.onlyObjects,
    value: (i) => batch.value(indices[i]!),
    field: (i, name) => batch.field(indices[i]!, name),
    text: (i) => batch.text(indices[i]!),
    ...(fileReference && { fileReference: (i: number) => fileReference(indices[i]!) }),
    ...(meta && { meta: (i: number) => meta(indices[i]!) }),
  };
}

/** The first rows of a batch. */
export const pickFirst = (batch: Batch, count: number): Batch => pickRows(batch, [...Array(count).keys()]);
