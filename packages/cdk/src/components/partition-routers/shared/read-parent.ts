import type { Batch } from "../../../json/rows/batch.ts";
import { set, type JsonObject } from "../../../json/value.ts";
import type { Partition, Slice, Stream } from "../../../roles.ts";
import type { RecordPath } from "./record-path.ts";

export interface Parent {
  readonly stream: Stream;
  readonly field: string;
  readonly key: RecordPath;
  readonly extras: readonly RecordPath[];
  /** Where the child's first page is in a record. */
  readonly lazy: RecordPath | undefined;
}

/**
 * Reads a parent slice after slice. The cursor closes a slice before its last partition is given, so that what the
 * parent's state says with a partition holds once the partition, and all before it, are read.
 */
export async function* readParent(parent: Parent): AsyncGenerator<Partition> {
  const { cursor } = parent.stream;
  let isLast = false;
  const slices = cursor.slices()[Symbol.asyncIterator]();
  let next = await slices.next();
  try {
    while (next.done !== true) {
      const slice = next.value;
      next = await slices.next();
      isLast = next.done === true;
      yield* readSlice(parent, slice, isLast);
    }
  } finally {
    if (!isLast) await slices.return?.();
  }
}

async function* readSlice(parent: Parent, slice: Slice, isLast: boolean): AsyncGenerator<Partition> {
  const { cursor } = parent.stream;
  let held: Partition | undefined;
  for await (const batch of parent.stream.read(slice)) {
    cursor.observe(slice, batch);
    for (let index = 0; index < batch.length; index++) {
      if (held !== undefined) yield held;
      held = partitionOf(parent, slice, batch, index);
    }
  }
  cursor.close(slice);
  if (isLast) cursor.finish();
  if (held !== undefined) yield held;
}

/** Undefined for a record without the key. */
function partitionOf(parent: Parent, slice: Slice, batch: Batch, index: number): Partition | undefined {
  const value = parent.key.find(batch, index);
  if (value === undefined || value === null) return undefined;
  const extra: JsonObject = {};
  if (parent.lazy !== undefined) {
    const page = parent.lazy.find(batch, index);
    set(extra, "child_response", page === undefined ? [] : page);
  }
  for (const path of parent.extras) set(extra, path.name, path.find(batch, index) ?? null);
  const partition: JsonObject = {};
  set(partition, parent.field, value);
  set(partition, "parent_slice", slice.partition);
  return { partition, extra };
}
