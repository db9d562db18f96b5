import { civil, type Civil } from "./calendar.ts";
import { dayOf, fields, type DateTime, type PlainDate } from "./datetime.ts";
import { valueError } from "./failure.ts";
import { offsetText } from "./zone.ts";

const timespecs = ["auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"];

/** As Python's `isoformat`: `2024-01-31T12:00:00.123456+00:00`; `auto` shows microseconds only where there are some. */
export function isoformat(moment: DateTime, separator: string = "T", timespec: string = "auto"): string {
  return dateText(civil(dayOf(moment))) + separator + clockText(moment, timespec) + zoneText(moment);
}

/** The time of day: `12:00:00.123456`. */
export function clockText(moment: DateTime, timespec: string = "auto"): string {
  const { hour, minute, second, microsecond } = fields(moment);
  const shown = timespec === "auto" ? (microsecond === 0 ? "seconds" : "microseconds") : timespec;
  const depth = timespecs.findIndex((name) => name === shown);
  if (depth < 0) throw valueError("Unknown timespec value");
  let text = two(hour);
  if (depth >= 2) text += `:${two(minute)}`;
  if (depth >= 3) text += `:${two(second)}`;
  if (depth >= 4)
    text += `.${String(microsecond)
      .padStart(6, "0")
      .slice(0, depth === 4 ? 3 : 6)}`;
  return text;
}

/** As Python's `str(datetime)`. */
export function dateTimeText(moment: DateTime): string {
  return isoformat(moment, " ");
}

export function dateTimeRepr(moment: DateTime): string {
  const { year, month, day, hour, minute, second, microsecond } = fields(moment);
  const parts = [year, month, day, hour, minute];
  if (second !== 0 || microsecond !== 0) parts.push(second);
  if (microsecond !== 0) parts.push(microsecond);
  const zone = moment.tz === undefined ? "" : `, tzinfo=${moment.tz.repr}`;
  return `datetime.datetime(${parts.join(", ")}${zone})`;
}

/** As Python's `str(date)` and `isoformat()`. */
export function plainDateText(date: PlainDate): string {
  return dateText(civil(date.days));
}

export function plainDateRepr(date: PlainDate): string {
  const { year, month, day } = civil(date.days);
  return `datetime.date(${year}, ${month}, ${day})`;
}

function dateText({ year, month, day }: Civil): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function zoneText({ offset }: DateTime): string {
  return offset === undefined ? "" : offsetText(offset);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
