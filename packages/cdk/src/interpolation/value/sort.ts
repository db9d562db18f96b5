import { before } from "./order.ts";
import type { Value } from "./value.ts";

/** Python's `sorted`: stable, also when reversed. */
export function sortBy(items: Iterable<Value>, rank: ((item: Value) => Value) | undefined, reverse: boolean): Value[] {
  const ranked = Array.from(items, (item) => ({ item, key: rank === undefined ? item : rank(item) }));
  const sign = reverse ? -1 : 1;
  ranked.sort((a, b) => (before(a.key, b.key) ? -sign : before(b.key, a.key) ? sign : 0));
  return ranked.map(({ item }) => item);
}
