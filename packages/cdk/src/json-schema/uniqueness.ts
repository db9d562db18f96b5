import type { Json } from "../json/value.ts";

/** Of how many records values are compared: a key that is one for so many is one. */
const MOST = 20_000;

/** Whether values of a field come once, and in which order. */
export interface Uniqueness {
  note(value: Json): void;
  isUnique(): boolean;
  order(): "ascending" | "descending" | "none";
}

export function createUniqueness(): Uniqueness {
  let values: Set<Json> | undefined = new Set();
  let unique = true;
  let last: Json | undefined;
  let ascending = true;
  let descending = true;
  return {
    note(value) {
      if (last !== undefined && typeof value === typeof last) {
        if (value! < last!) ascending = false; // numbers or texts, both not null
        if (value! > last!) descending = false;
      }
      last = value;
      if (values === undefined) return;
      if (values.has(value)) unique = false;
      values.add(value);
      if (!unique || values.size >= MOST) values = undefined;
    },
    isUnique: () => unique && last !== undefined,
    order: () => (ascending ? "ascending" : descending ? "descending" : "none"),
  };
}
