import { add, compare, difference, subtract } from "../../../datetime/arithmetic.ts";
import { CalendarDuration, type Duration } from "../../../datetime/calendar-duration.ts";
import type { DateTime } from "../../../datetime/datetime.ts";
import { parseDuration } from "../../../datetime/iso-duration.ts";
import { ofMicros, toMicros } from "../../../datetime/timedelta.ts";
import type { Window } from "./windows.ts";

/**
 * Two windows in place of one, the second starting one granularity after the end of the first. Undefined where the
 * window is as narrow as the granularity, or the minimum, allows.
 */
export function halveWindow(
  [start, end]: Window<DateTime>,
  granularity: Duration,
  minimum: string | undefined,
): readonly Window<DateTime>[] | undefined {
  if (granularity instanceof CalendarDuration || compare(start, end) >= 0) return undefined;
  const unit = toMicros(granularity);
  const span = toMicros(difference(end, start));
  const least = minimum === undefined ? undefined : parseDuration(minimum);
  if (least instanceof CalendarDuration || (least !== undefined && span <= toMicros(least))) return undefined;
  if (unit <= 0n || span < unit) return undefined;
  const units = span / unit + 1n;
  const firstEnd = subtract(add(start, ofMicros((units / 2n) * unit)), granularity);
  const secondStart = add(firstEnd, granularity);
  return [
    [start, firstEnd],
    [secondStart, end],
  ];
}
