import { repr } from "../json/python-text.ts";
import { civil, isoWeek } from "./calendar.ts";
import { CalendarDuration } from "./calendar-duration.ts";
import { PlainDate, plainDate } from "./datetime.ts";
import { DateTimeFailure, valueError } from "./failure.ts";
import { timedelta } from "./timedelta.ts";

/** ISO 8601's other form of a duration: a date and a time, each field of which counts. The text comes without its P. */
export function parseAlternative(text: string): CalendarDuration {
  const [date, time, ...rest] = text.split("T");
  if (time === undefined || rest.length > 0) {
    throw iso8601Error(`ISO 8601 time designator 'T' missing. Unable to parse datetime string ${repr(text)}`);
  }
  const { year, month, day } = civil(readDate(date!).days);
  const clock = readClock(time);
  return new CalendarDuration(
    year,
    month,
    timedelta({ seconds: clock.seconds, microseconds: clock.micros, days: day }),
  );
}

export function iso8601Error(message: string): DateTimeFailure {
  return new DateTimeFailure("ISO8601Error", message);
}

/** In the order of trying; each need only match a beginning. */
const dateForms = [
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/,
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)/,
  /^(?<year>\d{4})-W(?<week>\d\d)-(?<day>\d)/,
  /^(?<year>\d{4})W(?<week>\d\d)(?<day>\d)/,
  /^(?<year>\d{4})-(?<day>\d{3})/,
  /^(?<year>\d{4})(?<day>\d{3})/,
  /^(?<year>\d{4})-W(?<week>\d\d)/,
  /^(?<year>\d{4})W(?<week>\d\d)/,
  /^(?<year>\d{4})-(?<month>\d\d)/,
  /^(?<year>\d{4})(?<month>\d\d)/,
  /^(?<year>\d{4})/,
  /^(?<century>\d\d)/,
];

function readDate(text: string): PlainDate {
  for (const form of dateForms) {
    const groups = form.exec(text)?.groups;
    if (groups === undefined) continue;
    const { century, year, month, week, day } = groups;
    if (century !== undefined) return plainDate(Number(century) * 100 + 1, 1, 1);
    if (month !== undefined) return plainDate(Number(year), Number(month) || 1, Number(day ?? 1));
    const first = plainDate(Number(year), 1, 1).days;
    if (week === undefined) return new PlainDate(first + Number(day ?? 1) - 1);
    const { week: firstWeek, weekday } = isoWeek(first);
    const weeks = Number(week) - (firstWeek === 1 ? 1 : 0);
    return new PlainDate(first + weeks * 7 - weekday + Number(day ?? 1));
  }
  throw iso8601Error(`Unrecognised ISO 8601 date format: ${repr(text)}`);
}

const timeForms = [
  /^(\d\d):(\d\d):(\d\d(?:[,.]\d+)?)/,
  /^(\d\d)(\d\d)(\d\d(?:[,.]\d+)?)/,
  /^(\d\d):(\d\d(?:[,.]\d+)?)/,
  /^(\d\d)(\d\d(?:[,.]\d+)?)/,
  /^(\d\d(?:[,.]\d+)?)/,
];

/** A time of day, its last part broken or not, and what follows it (a zone) without meaning. */
function readClock(text: string): { readonly seconds: number; readonly micros: number } {
  for (const form of timeForms) {
    const parts = form.exec(text)?.slice(1);
    if (parts === undefined) continue;
    const [hour, minute, second, micros] = split(parts.map((one) => one.replace(",", ".")));
    checkRange("hour", hour, 23);
    checkRange("minute", minute, 59);
    checkRange("second", second, 59);
    return { seconds: hour * 3600 + minute * 60 + second, micros };
  }
  throw iso8601Error(`Unrecognised ISO 8601 time format: ${repr(text)}`);
}

/** The fraction of the last part spread over the smaller ones, exactly. */
function split(parts: string[]): [hour: number, minute: number, second: number, micros: number] {
  const whole = parts.map((one) => Number.parseInt(one, 10));
  const fraction = parts.at(-1)!.split(".")[1] ?? "0";
  const scale = 10n ** BigInt(fraction.length);
  const unit = 1_000_000n * 60n ** BigInt(3 - parts.length);
  const [low, rest] = [(BigInt(fraction) * unit) / scale, (BigInt(fraction) * unit) % scale];
  const micros = Number(rest * 2n > scale || (rest * 2n === scale && low % 2n === 1n) ? low + 1n : low);
  const [hour = 0, minute = Math.floor(micros / 60_000_000) % 60] = whole;
  const carried = Math.floor(micros / 1_000_000);
  const second = whole[2] === undefined ? carried % 60 : whole[2] + carried;
  return [hour, minute, second, micros % 1_000_000];
}

function checkRange(name: string, value: number, most: number): void {
  if (value > most) throw valueError(`${name} must be in 0..${most}`);
}
