import { civil, isLeap, isoYearStart } from "./calendar.ts";
import { dateTime, PlainDate, plainDate, type DateTime, type TimeZone } from "./datetime.ts";
import { add } from "./arithmetic.ts";
import { DateTimeFailure, isValueError, valueError } from "./failure.ts";
import { readInteger } from "./numerals.ts";
import { Timedelta } from "./timedelta.ts";
import { dateutilUtc, dateutilZone, pytzUtc, toZone } from "./zone.ts";

/** An ISO 8601 moment, in UTC; one without an offset counts as UTC. What the macro `str_to_datetime` gives. */
export function isoDatetimeInUtc(text: string): DateTime {
  return toZone(parseIsoDatetime(text), pytzUtc);
}

/**
 * An ISO 8601 date (`2024-01-31`, `2024-01`, `2024`, `20240131`, `2024-W05-3`, `2024-031`) and, after any one
 * character, a time (`12`, `12:30`, `123059.123456`, `24:00`) with or without an offset (`Z`, `+05`, `+0530`,
 * `+05:30`). Naive without an offset. Accepts what dateutil's `isoparse` does; throws a `DateTimeFailure` else.
 */
export function parseIsoDatetime(text: string): DateTime {
  if (!/^[\x00-\x7f]*$/.test(text)) throw valueError("ISO-8601 strings should contain only ASCII characters");
  const { date, end } = readDate(text);
  const time = text.length > end ? readTime(text.slice(end + 1)) : { clock: [0, 0, 0, 0], tz: undefined };
  const [hour = 0, minute = 0, second = 0, microsecond = 0] = time.clock;
  const midnight = hour === 24;
  const moment = dateTime({ ...date, hour: midnight ? 0 : hour, minute, second, microsecond }, time.tz);
  return midnight ? add(moment, new Timedelta(86_400, 0)) : moment;
}

interface ReadDate {
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  readonly end: number;
}

function readDate(text: string): ReadDate {
  try {
    return readCalendarDate(text);
  } catch (error) {
    if (!isValueError(error)) throw error;
    // Not a year, month and day: a week or a day's number instead.
    return readWeekOrDay(text);
  }
}

function readCalendarDate(text: string): ReadDate {
  const year = readYear(text);
  if (text.length === 4) return { date: { year, month: 1, day: 1 }, end: 4 };
  const dash = text[4] === "-";
  let at = dash ? 5 : 4;
  if (text.length - at < 2) throw valueError("Invalid common month");
  const month = number(text.slice(at, at + 2));
  at += 2;
  if (at >= text.length) {
    if (!dash) throw valueError("Invalid ISO format");
    return { date: { year, month, day: 1 }, end: at };
  }
  if (dash && text[at++] !== "-") throw valueError("Invalid separator in ISO string");
  if (text.length - at < 2) throw valueError("Invalid common day");
  return { date: { year, month, day: number(text.slice(at, at + 2)) }, end: at + 2 };
}

function readWeekOrDay(text: string): ReadDate {
  const year = readYear(text);
  const dash = text[4] === "-";
  const at = dash ? 5 : 4;
  if (text[at] === "W") return readWeek(text, year, at + 1, dash);
  if (text.length - at < 3) throw valueError("Invalid ordinal day");
  const day = number(text.slice(at, at + 3));
  if (day < 1 || day > (isLeap(year) ? 366 : 365)) throw valueError(`Invalid ordinal day ${day} for year ${year}`);
  return { date: civil(plainDate(year, 1, 1).days + day - 1), end: at + 3 };
}

function readWeek(text: string, year: number, at: number, dash: boolean): ReadDate {
  const week = number(text.slice(at, at + 2));
  let end = at + 2;
  let weekday = 1;
  if (text.length > end) {
    if ((text[end] === "-") !== dash) throw valueError("Inconsistent use of dash separator");
    if (dash) end += 1;
    weekday = number(text.slice(end, end + 1));
    end += 1;
  }
  if (week < 1 || week > 53) throw valueError(`Invalid week: ${week}`);
  if (weekday < 1 || weekday > 7) throw valueError(`Invalid weekday: ${weekday}`);
  plainDate(year, 1, 4);
  const { days } = new PlainDate(isoYearStart(year) + (week - 1) * 7 + weekday - 1);
  return { date: civil(days), end };
}

function readYear(text: string): number {
  if (text.length < 4) throw valueError("ISO string too short");
  return number(text.slice(0, 4));
}

interface ReadTime {
  /** Hour, minute, second, microsecond. */
  readonly clock: readonly number[];
  readonly tz: TimeZone | undefined;
}

function readTime(text: string): ReadTime {
  if (text.length < 2) throw valueError("ISO time too short");
  const clock = [0, 0, 0, 0];
  let tz: TimeZone | undefined;
  let colons = false;
  let at = 0;
  for (let part = 0; at < text.length && part <= 5; part++) {
    if ("-+Zz".includes(text[at]!)) {
      tz = readZone(text.slice(at));
      at = text.length;
      break;
    }
    if (part === 1 && text[at] === ":") {
      colons = true;
      at += 1;
    } else if (part === 2 && colons) {
      if (text[at] !== ":") throw valueError("Inconsistent use of colon separator");
      at += 1;
    }
    if (part < 3) {
      clock[part] = number(text.slice(at, at + 2));
      at += 2;
    } else if (part === 3) {
      const digits = /^[.,](\d+)/.exec(text.slice(at))?.[1];
      if (digits === undefined) continue;
      clock[3] = Number(digits.slice(0, 6).padEnd(6, "0"));
      at += digits.length + 1;
    }
  }
  if (at < text.length) throw valueError("Unused components in ISO string");
  if (clock[0] === 24 && clock.slice(1).some((part) => part !== 0)) {
    throw valueError("Hour may only be 24 at 24:00:00.000");
  }
  return { clock, tz };
}

function readZone(text: string): TimeZone {
  if (text === "Z" || text === "z") return dateutilUtc;
  if (![3, 5, 6].includes(text.length)) throw valueError("Time zone offset must be 1, 3, 5 or 6 characters");
  if (!/^[+-]/.test(text)) throw valueError("Time zone offset requires sign");
  const hours = number(text.slice(1, 3));
  const minutes = text.length === 3 ? 0 : number(text.slice(text[3] === ":" ? 4 : 3));
  if (minutes > 59) throw valueError("Invalid minutes in time zone offset");
  if (hours > 23) throw valueError("Invalid hours in time zone offset");
  return dateutilZone((text.startsWith("-") ? -60 : 60) * (hours * 60 + minutes) + 0, undefined);
}

/** Like the reference, which reads each part with `int`, this allows a sign or a space where a digit should be. */
function number(text: string): number {
  try {
    return Number(readInteger(text));
  } catch (error) {
    if (!(error instanceof DateTimeFailure)) throw error;
    throw valueError(error.message.replace(/: (.*)$/s, ": b$1"));
  }
}
