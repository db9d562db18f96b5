import type { Json, JsonObject } from "./value.ts";

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

/** Whether a value holds more values than {@link MOST_VALUES}, counted in the same way; it counts no further. */
export function isTooLarge(value: Json): boolean {
  let left = MOST_VALUES;
  return count(value);

  function count(each: Json): boolean {
    if (--left < 0) return true;
    if (typeof each !== "object" || each === null) return false;
    if (Array.isArray(each)) return (each as readonly Json[]).some(count);
    for (const key in each) if (count((each as JsonObject)[key]!)) return true;
    return false;
  }
}
