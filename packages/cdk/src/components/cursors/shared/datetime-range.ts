import { add, subtract } from "../../../datetime/arithmetic.ts";
import { CalendarDuration, type Duration } from "../../../datetime/calendar-duration.ts";
import type { DateTime } from "../../../datetime/datetime.ts";
import { toMicros } from "../../../datetime/timedelta.ts";
import type { Clamping } from "./clamping.ts";
import { halveWindow } from "./halve-window.ts";
import { inCalendar } from "./moment-scale.ts";
import type { Range } from "./windows.ts";

/** What a DatetimeBasedCursor says of the time to read, its templates evaluated. */
export interface Span {
  readonly start: DateTime;
  /** The end as of now. */
  end(): DateTime;
  readonly lookback: Duration | undefined;
  /** Length of a window; one window for all when left out. */
  readonly step: Duration | undefined;
  readonly granularity: Duration | undefined;
  readonly clamping: Clamping | undefined;
  /** By how much a clamped end is exclusive where there is no granularity. */
  readonly clampedUnit: Duration;
  readonly strict: boolean;
}

export function datetimeRange(span: Span): Range<DateTime> {
  const { start, step, clamping, strict } = span;
  const [lookback, granularity] = [span.lookback, span.granularity].map(unlessZero);
  const exclusive = granularity ?? span.clampedUnit;
  const end = (): DateTime => (clamping === undefined ? span.end() : subtract(clamping.down(span.end()), exclusive));
  return {
    start,
    end,
    back: lookback && ((moment) => inCalendar(() => subtract(moment, lookback))),
    ahead: aheadBy(step),
    unit: granularity && {
      after: (moment) => add(moment, granularity),
      before: (moment) => subtract(moment, granularity),
    },
    clamp: clamping === undefined ? (moment) => moment : (moment) => clamping.up(moment),
    strict,
    ...(granularity && { halve: (window, minimum) => halveWindow(window, granularity, minimum) }),
  };
}

function aheadBy(step: Duration | undefined): Range<DateTime>["ahead"] {
  if (step === undefined) return () => undefined;
  return unlessZero(step) && ((moment) => inCalendar(() => add(moment, step)));
}

/** To the reference a span of nothing is none, but not so one written with years or months. */
function unlessZero(duration: Duration | undefined): Duration | undefined {
  const isZero = duration !== undefined && !(duration instanceof CalendarDuration) && toMicros(duration) === 0n;
  return isZero ? undefined : duration;
}
