import { latest, type Scale } from "./scale.ts";

/** A stretch of the cursor field that was read whole. */
export interface Interval<V> {
  readonly start: V;
  readonly end: V;
  /** The greatest value that a record of it had; undefined when there was none. */
  readonly newest: V | undefined;
}

/** The same stretches, in order, those that overlap or touch made one. */
export function mergeIntervals<V>(scale: Scale<V>, intervals: readonly Interval<V>[]): Interval<V>[] {
  const { compare } = scale;
  const sorted = intervals.toSorted((a, b) => compare(a.start, b.start) || compare(a.end, b.end));
  const merged: Interval<V>[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && touches(scale, last, interval)) merged[merged.length - 1] = join(scale, last, interval);
    else merged.push(interval);
  }
  return merged;
}

/** Up to where everything was read: what a state says in one value. */
export function syncedUntil<V>(scale: Scale<V>, intervals: readonly Interval<V>[]): V | undefined {
  const [first] = mergeIntervals(scale, intervals);
  if (first === undefined) return undefined;
  return newestOf(scale, first) ?? first.start;
}

function touches<V>(scale: Scale<V>, last: Interval<V>, interval: Interval<V>): boolean {
  const next = scale.next(last.end);
  return next === undefined || scale.compare(next, interval.start) >= 0;
}

function join<V>(scale: Scale<V>, last: Interval<V>, interval: Interval<V>): Interval<V> {
  const before = newestOf(scale, last);
  const added = newestOf(scale, interval);
  return {
    start: last.start,
    end: latest(scale, last.end, interval.end),
    newest: before !== undefined && added !== undefined ? latest(scale, added, before) : (added ?? before),
  };
}

function newestOf<V>(scale: Scale<V>, { newest }: Interval<V>): V | undefined {
  return newest !== undefined && scale.isSet(newest) ? newest : undefined;
}
