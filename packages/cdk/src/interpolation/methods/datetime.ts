import { dateOf, ordinal, replace } from "../../datetime/arithmetic.ts";
import { weekdayOf } from "../../datetime/calendar.ts";
import { dateTime, dayOf, fields, TimeZone, utcZone, type DateTime, type Fields } from "../../datetime/datetime.ts";
import { fromEpochSeconds, now, timestamp } from "../../datetime/epoch.ts";
import { parseIsoDatetime } from "../../datetime/iso-datetime.ts";
import { clockText, isoformat } from "../../datetime/isoformat.ts";
import { strftime } from "../../datetime/strftime.ts";
import { strptime } from "../../datetime/strptime.ts";
import { timedelta } from "../../datetime/timedelta.ts";
import { toZone } from "../../datetime/zone.ts";
import { float } from "../../json/value.ts";
import { typeError } from "../failure.ts";
import { integerArgument, method, textArgument, type Method } from "../value/call.ts";
import { typeName } from "../value/kind.ts";
import { numberOf } from "../value/number.ts";
import { Instance, type Value } from "../value/value.ts";
import { given, isoCalendar, timeTuple } from "./date.ts";

const part =
  (name: keyof Fields) =>
  (moment: DateTime): number =>
    fields(moment)[name];

export const dateTimeProperties: Readonly<Record<string, ((moment: DateTime) => Value | undefined) | undefined>> = {
  year: part("year"),
  month: part("month"),
  day: part("day"),
  hour: part("hour"),
  minute: part("minute"),
  second: part("second"),
  microsecond: part("microsecond"),
  tzinfo: ({ tz }) => tz ?? null,
  fold: () => 0,
  min: () => dateTime({ year: 1, month: 1, day: 1 }),
  max: () => dateTime({ year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59, microsecond: 999_999 }),
};

const PARTS = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

/** The methods of Python's `datetime`. */
export const dateTimeMethods: Readonly<Record<string, Method<DateTime> | undefined>> = {
  strftime: method(1, 1, (moment, format) => strftime(moment, textArgument(format)), ["format"]),
  isoformat: method(
    0,
    2,
    (moment, separator = "T", timespec = "auto") => isoformat(moment, textArgument(separator), textArgument(timespec)),
    ["sep", "timespec"],
  ),
  timestamp: method(0, 0, (moment) => float(timestamp(moment))),
  date: method(0, 0, dateOf),
  time: method(0, 0, timeOfDay),
  weekday: method(0, 0, (moment) => weekdayOf(dayOf(moment))),
  isoweekday: method(0, 0, (moment) => weekdayOf(dayOf(moment)) + 1),
  isocalendar: method(0, 0, (moment) => isoCalendar(dayOf(moment))),
  toordinal: method(0, 0, (moment) => ordinal(dateOf(moment))),
  ctime: method(0, 0, (moment) => strftime(moment, "%a %b %e %H:%M:%S %Y")),
  timetuple: method(0, 0, (moment) => clockTuple(moment, knowsSummerTime(moment) ? 0 : -1)),
  utctimetuple: method(0, 0, (moment) => clockTuple(toZone(moment, utcZone), 0)),
  utcoffset: method(0, 0, ({ offset }) => (offset === undefined ? null : timedelta({ seconds: offset }))),
  dst: method(0, 0, (moment) => (knowsSummerTime(moment) ? timedelta({}) : null)),
  tzname: method(0, 0, ({ zone }) => zone ?? null),
  astimezone: method(0, 1, (moment, zone) => toZone(moment, zoneOf(zone) ?? utcZone), ["tz"]),
  replace: method(
    0,
    8,
    (moment, year, month, day, hour, minute, second, microsecond, zone) => {
      const changes = given({ year, month, day, hour, minute, second, microsecond });
      return replace(moment, zone === undefined ? changes : { ...changes, tz: zoneOf(zone) });
    },
    [...PARTS, "tzinfo"],
  ),
  now: method(0, 1, (_moment, zone) => (zoneOf(zone) === undefined ? replace(now(), { tz: undefined }) : now()), [
    "tz",
  ]),
  utcnow: method(0, 0, () => replace(now(), { tz: undefined })),
  today: method(0, 0, () => replace(now(), { tz: undefined })),
  strptime: method(2, 2, (_moment, text, format) => strptime(textArgument(text), textArgument(format))),
  fromisoformat: method(1, 1, (_moment, text) => parseIsoDatetime(textArgument(text))),
  fromtimestamp: method(1, 2, (_moment, seconds, zone) => fromSeconds(seconds!, zone), ["timestamp", "tz"]),
  utcfromtimestamp: method(1, 1, (_moment, seconds) => fromSeconds(seconds!, undefined)),
};

/** Zones of the standard library leave open whether it is summer; none of the others here ever has it. */
function knowsSummerTime({ tz }: DateTime): boolean {
  return tz !== undefined && !tz.repr.startsWith("datetime.timezone");
}

function fromSeconds(seconds: Value, zone: Value | undefined): DateTime {
  const number = numberOf(seconds);
  if (number === undefined) throw typeError(`'${typeName(seconds)}' object cannot be interpreted as an integer`);
  const moment = fromEpochSeconds(number);
  const wanted = zoneOf(zone);
  return wanted === undefined ? replace(moment, { tz: undefined }) : toZone(moment, wanted);
}

function zoneOf(value: Value | undefined): TimeZone | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof TimeZone) return value;
  throw typeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`);
}

function clockTuple(moment: DateTime, summer: number): Value {
  const { hour, minute, second } = fields(moment);
  return timeTuple(dayOf(moment), [hour, minute, second], summer);
}

function timeOfDay(moment: DateTime): Instance {
  const methods: Readonly<Record<string, (text: Value | undefined) => Value>> = {
    isoformat: (timespec = "auto") => clockText(moment, textArgument(timespec)),
    strftime: (format) => strftime(moment, textArgument(format)),
  };
  return new Instance({
    typeName: "datetime.time",
    text: () => clockText(moment),
    methods,
    attribute: (name) => (PARTS.indexOf(name) > 2 ? integerArgument(dateTimeProperties[name]?.(moment)) : undefined),
  });
}
