import type { Batch } from "./batch.ts";

/** Some rows of a batch, as they are there. */
export function pickRows(batch: Batch, indices: readonly number[]): Batch {
  const { fileReference } = batch;
  return {
    length: indices.length,
    onlyObjects: batch.onlyObjects,
    value: (i) => batch.value(indices[i]!),
    field: (i, name) => batch.field(indices[i]!, name),
    text: (i) => batch.text(indices[i]!),
    ...(fileReference && { fileReference: (i: number) => fileReference(indices[i]!) }),
  };
}
