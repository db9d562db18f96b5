import { add } from "./arithmetic.ts";
import { daysInMonth, weekdayOf } from "./calendar.ts";
import { DateTime, dateTime, dayOf, fields, type TimeZone } from "./datetime.ts";
import { overflowError, valueError } from "./failure.ts";
import { now } from "./epoch.ts";
import { dateNumbers, note, resolveDate, wholeNumber } from "./lenient-date.ts";
import { onTwelve, readNumber, required, type Reading } from "./lenient-number.ts";
import { tokenize } from "./lenient-tokens.ts";
import { isPassed, isUtcName, isZoneLike, meridiemOf, monthNamed, weekdayNamed } from "./lenient-words.ts";
import { Timedelta } from "./timedelta.ts";
import { dateutilLocal, dateutilUtc, dateutilZone } from "./zone.ts";

/**
 * A date and time in nearly any English or numeric form: `Jan 31, 2024 5pm EST-5`, `31/01/24`, `20240131T1230Z`. What
 * is missing comes from today. Takes what dateutil's `parse` takes, and throws a `ValueError` else.
 */
export function parseLenientDatetime(text: string): DateTime {
  const reading: Reading = {
    date: dateNumbers(),
    weekday: undefined,
    hour: undefined,
    minute: undefined,
    second: undefined,
    microsecond: undefined,
    meridiem: undefined,
    zoneName: undefined,
    offset: undefined,
  };
  const tokens = tokenize(text);
  for (let index = 0; index < tokens.length; index++) index = readToken(reading, tokens, index);
  return build(reading, text);
}

/** Takes the token at this place, and what belongs to it; gives the place of the last token taken. */
function readToken(reading: Reading, tokens: string[], index: number): number {
  const token = tokens[index]!;
  if (/^\d+(?:\.\d+)?$/.test(token)) return readNumber(reading, tokens, index);
  if (/^(?:nan|inf|infinity)$/i.test(token)) throw valueError("Unknown numeric token");
  const weekday = weekdayNamed(token);
  if (weekday !== undefined) {
    reading.weekday = weekday;
    return index;
  }
  const month = monthNamed(token);
  if (month !== undefined) return readMonth(reading, tokens, index, month);
  const meridiem = meridiemOf(token);
  if (meridiem !== undefined) {
    if (reading.hour === undefined) throw valueError("No hour specified with AM or PM flag.");
    if (reading.hour > 12) throw valueError("Invalid hour specified for 12-hour clock.");
    reading.hour = onTwelve(reading.hour, meridiem);
    reading.meridiem = meridiem;
    return index;
  }
  const zoneAwaited = reading.hour !== undefined && reading.zoneName === undefined;
  if (zoneAwaited && reading.offset === undefined && isZoneLike(token)) {
    readZoneName(reading, tokens, index);
    return index;
  }
  if (reading.hour !== undefined && (token === "+" || token === "-")) return readOffset(reading, tokens, index);
  if (!isPassed(token)) throw valueError(`unexpected: ${token}`);
  return index;
}

/** Jan-31, Jan/31/24, or Jan of 24 */
function readMonth({ date }: Reading, tokens: readonly string[], index: number, month: number): number {
  note(date, month, "month");
  const [next, second, third, fourth] = tokens.slice(index + 1, index + 5);
  if (next === "-" || next === "/") {
    note(date, required(second));
    if (third !== next) return index + 2;
    note(date, required(fourth));
    return index + 4;
  }
  if (fourth === undefined || next !== " " || third !== " " || second?.toLowerCase() !== "of") return index;
  if (/^\d+$/.test(fourth)) note(date, String(fullYear(wholeNumber(fourth))), "year");
  return index + 4;
}

/** `EST`, or `EST+5`, which means that EST and five hours are UTC: the sign counts the other way round. */
function readZoneName(reading: Reading, tokens: string[], index: number): void {
  const name = tokens[index]!;
  reading.zoneName = name;
  reading.offset = name === "z" ? 0 : undefined;
  const sign = tokens[index + 1];
  if (sign !== "+" && sign !== "-") return;
  tokens[index + 1] = sign === "+" ? "-" : "+";
  reading.offset = undefined;
  if (isUtcName(name)) reading.zoneName = undefined;
}

/** -0300, -03:00, -3, and after it perhaps a name in brackets */
function readOffset(reading: Reading, tokens: readonly string[], index: number): number {
  const digits = required(tokens[index + 1]);
  let last = index + 1;
  let minutes = 0;
  const hours = wholeNumber(digits.length === 4 || digits.length <= 2 ? digits.slice(0, 2) : digits);
  if (digits.length === 4) minutes = wholeNumber(digits.slice(2));
  else if (tokens[index + 2] === ":") {
    minutes = wholeNumber(required(tokens[index + 3]));
    last = index + 3;
  } else if (digits.length > 2) throw valueError(`no offset: ${digits}`);
  reading.offset = (tokens[index] === "+" ? 1 : -1) * (hours * 3600 + minutes * 60) + 0;
  const [gap, open, name, close] = tokens.slice(last + 1, last + 5);
  if (gap !== undefined && isPassed(gap) && open === "(" && close === ")" && name !== undefined) {
    if (name.length >= 3 && reading.zoneName === undefined && isZoneLike(name)) {
      reading.zoneName = name;
      return last + 4;
    }
  }
  return last;
}

function build(reading: Reading, text: string): DateTime {
  const { year: shortYear, month, day } = resolveDate(reading.date);
  const year = shortYear === undefined || reading.date.century ? shortYear : fullYear(shortYear);
  const { weekday, hour, minute, second, microsecond, meridiem } = reading;
  const tz = zoneOf(reading);
  const said = [year, month, day, weekday, hour, minute, second, microsecond, meridiem, tz, reading.zoneName];
  if (said.every((one) => one === undefined)) throw valueError(`String does not contain a date: ${text}`);
  if ([year, month, day, hour, minute, second].some((part) => part !== undefined && part > 2 ** 31 - 1)) {
    throw overflowError("signed integer is greater than maximum");
  }
  const today = fields(now());
  const date = { year: year ?? today.year, month: month ?? today.month, day: day ?? today.day };
  if (date.month < 1 || date.month > 12) throw valueError("month must be in 1..12");
  if (day === undefined) date.day = Math.min(date.day, daysInMonth(date.year, date.month));
  const clock = { hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0, microsecond: microsecond ?? 0 };
  const moment = dateTime({ ...date, ...clock }, tz);
  if (weekday === undefined || day !== undefined) return moment;
  const ahead = (weekday - weekdayOf(dayOf(moment)) + 7) % 7;
  return add(moment, new Timedelta(ahead * 86_400, 0));
}

function zoneOf({ zoneName, offset }: Reading): TimeZone | undefined {
  if ((offset === 0 && zoneName === undefined) || zoneName === "Z" || zoneName === "z") return dateutilLocal;
  const shift = offset !== 0 && zoneName !== undefined && isUtcName(zoneName) ? 0 : offset;
  if (zoneName === "UTC") return dateutilLocal;
  if (shift === 0) return dateutilUtc;
  // A name alone, unless it is UTC's, says nothing about the offset.
  return shift === undefined ? undefined : dateutilZone(shift, zoneName);
}

/** A year of two digits, within fifty years of this one. */
function fullYear(year: number): number {
  if (year >= 100) return year;
  const thisYear = fields(now()).year;
  const full = year + Math.floor(thisYear / 100) * 100;
  if (full >= thisYear + 50) return full - 100;
  return full < thisYear - 50 ? full + 100 : full;
}
