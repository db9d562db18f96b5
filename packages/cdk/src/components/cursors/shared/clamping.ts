import { add, replace } from "../../../datetime/arithmetic.ts";
import { weekdayOf } from "../../../datetime/calendar.ts";
import { dayOf, fields, type DateTime } from "../../../datetime/datetime.ts";
import { Timedelta } from "../../../datetime/timedelta.ts";

/** Rounds a moment, on its own clock, to the start of a period: of the next one, or of the one it is in. */
export interface Clamping {
  up(moment: DateTime): DateTime;
  down(moment: DateTime): DateTime;
}

export const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

export const dayClamping: Clamping = {
  up(moment) {
    const midnight = startOfDay(moment);
    return isSame(midnight, moment) ? midnight : addDays(midnight, 1);
  },
  down: startOfDay,
};

export const monthClamping: Clamping = {
  /** The first day of a month stays, whatever its time of day. */
  up(moment) {
    const { year, month, day } = fields(moment);
    const midnight = startOfDay(moment);
    if (day === 1) return midnight;
    return replace(midnight, { year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 });
  },
  down: (moment) => replace(startOfDay(moment), { day: 1 }),
};

/** Weeks that start on this day, 0 for Monday. That day stays, whatever its time of day. */
export function weekClamping(startDay: number): Clamping {
  const daysLeft = (moment: DateTime): number => (startDay - weekdayOf(dayOf(moment)) + 7) % 7;
  return {
    up: (moment) => addDays(startOfDay(moment), daysLeft(moment)),
    down(moment) {
      const left = daysLeft(moment);
      return addDays(startOfDay(moment), left === 0 ? 0 : left - 7);
    },
  };
}

function startOfDay(moment: DateTime): DateTime {
  return replace(moment, { hour: 0, minute: 0, second: 0, microsecond: 0 });
}

function addDays(moment: DateTime, days: number): DateTime {
  return add(moment, new Timedelta(days * 86_400, 0));
}

function isSame(left: DateTime, right: DateTime): boolean {
  return left.millis === right.millis && left.micros === right.micros;
}
