import { earliest, latest, type Scale } from "./scale.ts";
import type { Interval } from "./intervals.ts";

/** What is to be read, and in which pieces. */
export interface Range<V> {
  /** Nothing before is read. */
  readonly start: V;
  /** The end as of now. */
  end(): V;
  /** From where on the last interval is read again; undefined before the start of the scale. */
  readonly back?: ((value: V) => V | undefined) | undefined;
  /** Where a window that starts here ends; undefined past the end of the scale. Absent where windows have no length. */
  readonly ahead?: ((value: V) => V | undefined) | undefined;
  /** The smallest step of the field, by which a window ends before the next one starts. */
  readonly unit?: Unit<V> | undefined;
  /** Rounds a border to the period that windows are made of. */
  clamp(value: V): V;
  /** Whether the API refuses windows that start where they end. */
  readonly strict: boolean;
  /** A window cut in two, neither narrower than the minimum (an ISO 8601 duration); undefined where it cannot be. */
  halve?(window: Window<V>, minimum: string | undefined): readonly Window<V>[] | undefined;
}

export interface Unit<V> {
  after(value: V): V;
  before(value: V): V;
}

export type Window<V> = readonly [start: V, end: V];

/** The windows that are left to read: before, between and after the intervals that were read. These are merged. */
export function* missingWindows<V>(
  scale: Scale<V>,
  range: Range<V>,
  intervals: readonly Interval<V>[],
): Generator<Window<V>> {
  const end = range.end();
  const split = (lower: V, upper: V, isEnd: boolean): Generator<Window<V>> =>
    splitWindow(scale, range, { lower, upper, isEnd, end });
  const [first] = intervals;
  if (first === undefined) return;
  if (scale.compare(range.start, first.start) < 0) yield* split(range.start, first.start, false);
  for (const [index, { end: from }] of intervals.entries()) {
    const following = intervals[index + 1];
    if (following !== undefined) yield* split(range.unit?.after(from) ?? from, following.start, false);
    else yield* split(range.back === undefined ? from : (range.back(from) ?? range.start), end, true);
  }
}

interface Gap<V> {
  readonly lower: V;
  readonly upper: V;
  /** Whether it goes to the range's end; else what follows was read already, from `upper` on. */
  readonly isEnd: boolean;
  /** The range's end: what a window reaches that would end past the scale. */
  readonly end: V;
}

function* splitWindow<V>(scale: Scale<V>, range: Range<V>, gap: Gap<V>): Generator<Window<V>> {
  const { compare } = scale;
  const { unit, strict, start } = range;
  const { upper, isEnd } = gap;
  const order = compare(gap.lower, upper);
  if (order > 0 || (order === 0 && unit === undefined)) return;
  const bounded = scale.isSet(start);
  if (bounded && compare(upper, start) < 0) return;
  // Clamped before it is cut to pieces: a step shorter than the period would else make the first window vanish.
  const lower = range.clamp(bounded ? latest(scale, gap.lower, start) : gap.lower);
  const left = compare(lower, upper);
  if (left > 0 || (left === 0 && (strict || !isEnd))) return;
  const reach = (from: V): V => range.ahead?.(from) ?? gap.end;
  if (range.ahead === undefined || compare(reach(lower), upper) >= 0) {
    const last = isEnd && unit !== undefined ? upper : range.clamp(upper);
    yield [lower, isEnd || unit === undefined ? last : unit.before(last)];
    return;
  }
  for (let from = lower; ;) {
    const next = earliest(scale, reach(from), upper);
    const to = compare(next, upper) === 0 ? next : range.clamp(next);
    const isLast = compare(next, upper) === 0 || compare(to, upper) === 0;
    const begin = range.clamp(from);
    if (compare(begin, to) >= 0) return;
    yield [begin, unit === undefined || (isEnd && isLast) ? to : unit.before(to)];
    if (isLast) return;
    from = to;
  }
}
