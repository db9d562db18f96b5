import type { Batch } from "../../../json/rows/batch.ts";
import { isObject, type Json } from "../../../json/value.ts";
import { compilePath } from "../../shared/dpath/path.ts";

/** A path into records, its parts globs as dpath reads them. */
export interface RecordPath {
  /** The parts, apart by dots. */
  readonly name: string;
  /** The top-level fields that it looks at, where they are known. */
  readonly fields: readonly string[];
  /** The value, undefined where there is none. Throws where several match. */
  find(batch: Batch, index: number): Json | undefined;
}

export function recordPath(parts: readonly string[]): RecordPath {
  const name = parts.join(".");
  const path = compilePath(parts);
  const [first, ...rest] = parts;
  if (first === undefined || !path.plain)
    return { name, fields: [], find: (batch, index) => path.get(batch.value(index)) };
  const inner = compilePath(rest);
  return {
    name,
    fields: [first],
    find(batch, index) {
      const member = batch.field(index, first);
      if (member === undefined || rest.length === 0) return member;
      return isObject(member) || Array.isArray(member) ? inner.get(member) : undefined;
    },
  };
}
