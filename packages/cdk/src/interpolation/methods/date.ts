import { replaceDate } from "../../datetime/arithmetic.ts";
import { ordinal } from "../../datetime/arithmetic.ts";
import { civil, isoWeek, weekdayOf, dayOfYear } from "../../datetime/calendar.ts";
import { PlainDate } from "../../datetime/datetime.ts";
import { now } from "../../datetime/epoch.ts";
import { plainDateText } from "../../datetime/isoformat.ts";
import { strftime } from "../../datetime/strftime.ts";
import { plainDate, dayOf } from "../../datetime/datetime.ts";
import { integerArgument, method, textArgument, type Method } from "../value/call.ts";
import { NamedTuple, type Value } from "../value/value.ts";

type Properties<Self> = Readonly<Record<string, ((self: Self) => Value | undefined) | undefined>>;

export const dateProperties: Properties<PlainDate> = {
  year: ({ days }) => civil(days).year,
  month: ({ days }) => civil(days).month,
  day: ({ days }) => civil(days).day,
  min: () => plainDate(1, 1, 1),
  max: () => plainDate(9999, 12, 31),
};

/** The methods of Python's `date`. */
export const dateMethods: Readonly<Record<string, Method<PlainDate> | undefined>> = {
  strftime: method(1, 1, (date, format) => strftime(date, textArgument(format)), ["format"]),
  isoformat: method(0, 0, plainDateText),
  weekday: method(0, 0, ({ days }) => weekdayOf(days)),
  isoweekday: method(0, 0, ({ days }) => weekdayOf(days) + 1),
  isocalendar: method(0, 0, ({ days }) => isoCalendar(days)),
  toordinal: method(0, 0, ordinal),
  ctime: method(0, 0, (date) => strftime(date, "%a %b %e %H:%M:%S %Y")),
  timetuple: method(0, 0, ({ days }) => timeTuple(days, [0, 0, 0], -1)),
  replace: method(0, 3, (date, year, month, day) => replaceDate(date, given({ year, month, day })), [
    "year",
    "month",
    "day",
  ]),
  today: method(0, 0, () => new PlainDate(dayOf(now()))),
  fromisoformat: method(1, 1, (_date, text) => {
    const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(textArgument(text)) ?? [];
    return plainDate(Number(year), Number(month), Number(day));
  }),
};

export function isoCalendar(days: number): NamedTuple {
  const { year, week, weekday } = isoWeek(days);
  return new NamedTuple(["year", "week", "weekday"], [year, week, weekday], "datetime.IsoCalendarDate");
}

const TIME_FIELDS = ["year", "mon", "mday", "hour", "min", "sec", "wday", "yday", "isdst"].map((name) => `tm_${name}`);

/** Python's `struct_time`. */
export function timeTuple(days: number, clock: readonly number[], summer: number): NamedTuple {
  const { year, month, day } = civil(days);
  const items = [year, month, day, ...clock, weekdayOf(days), dayOfYear({ year, month, day }), summer];
  return new NamedTuple(TIME_FIELDS, items, "time.struct_time");
}

/** The parts that were given, as numbers. */
export function given<Name extends string>(
  parts: Readonly<Record<Name, Value | undefined>>,
): Partial<Record<Name, number>> {
  const numbers: Partial<Record<Name, number>> = {};
  for (const name in parts) if (parts[name] !== undefined) numbers[name] = integerArgument(parts[name]);
  return numbers;
}
