import type { Json } from "./value.ts";

/** More than any manifest holds with its aliases and references followed; as many still fit into memory. */
export const MOST_VALUES = 5_000_000;

/** How many values a value holds, itself and what it shares counted each time. `known` keeps what was counted. */
export function expandedSize(value: Json, known: Map<object, number>): number {
  if (typeof value !== "object" || value === null) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  let size = 1;
  for (const each of Object.values(value) as Json[]) size += expandedSize(each, known); // of Json, all members are Json
  known.set(value, size);
  return size;
}
