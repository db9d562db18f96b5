import type { Batch } from "ferry-cdk";

/** The first so many rows. */
export async function* firstRows(batches: AsyncIterable<Batch>, rows: number): AsyncGenerator<Batch> {
  let left = rows;
  if (left === 0) return;
  for await (const batch of batches) {
    yield batch.length <= left ? batch : { ...batch, length: left };
    left -= batch.length;
    if (left <= 0) return;
  }
}
