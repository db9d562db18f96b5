/** The proleptic Gregorian calendar, counted in days since 1970-01-01. */
export interface Civil {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Day number of 0001-01-01 and 9999-12-31, the calendar's ends in Python. */
export const firstDay = -719162;
export const lastDay = 2932896;

const monthStart = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const monthLength = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days since the epoch; the fields are not checked. */
export function dayNumber(year: number, month: number, day: number): number {
  const past = year - 1;
  const leap = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return past * 365 + leap + monthStart[month - 1]! + leapDay + day - 719163;
}

export function civil(days: number): Civil {
  // Years counted from March, so that the leap day is the last of its year.
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : monthLength[month - 1]!;
}

/** 1 to 366. */
export function dayOfYear({ year, month, day }: Civil): number {
  return monthStart[month - 1]! + (month > 2 && isLeap(year) ? 1 : 0) + day;
}

/** Monday is 0, Sunday 6. */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

export interface IsoWeek {
  readonly year: number;
  readonly week: number;
  /** Monday is 1, Sunday 7. */
  readonly weekday: number;
}

export function isoWeek(days: number): IsoWeek {
  const weekday = weekdayOf(days);
  const { year } = civil(days - weekday + 3);
  return { year, week: Math.floor((days - weekday - isoYearStart(year)) / 7) + 1, weekday: weekday + 1 };
}

/** The Monday of the year's first ISO week. */
export function isoYearStart(year: number): number {
  const fourth = dayNumber(year, 1, 4);
  return fourth - weekdayOf(fourth);
}
