import { civil, dayNumber, weekdayOf } from "./calendar.ts";
import { dateTime, plainDate, type DateTime, type TimeZone } from "./datetime.ts";
import { valueError } from "./failure.ts";
import { months, shortMonths, shortWeekdays, weekdays } from "./names.ts";
import { fixedZone } from "./zone.ts";

/** What a text said. Of two directives for the same thing the later one counts. */
interface Found {
  year: number | undefined;
  isoYear: number | undefined;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  /** Monday is 0. */
  weekday: number | undefined;
  dayOfYear: number | undefined;
  week: { readonly number: number; readonly startsOn: "Sunday" | "Monday" } | undefined;
  isoWeek: number | undefined;
  offset: number | undefined;
  zoneName: string | undefined;
}

/** The moment that a match of the pattern means; throws where the parts make none. */
export function resolve(directives: readonly string[], match: RegExpExecArray, zone: TimeZone | undefined): DateTime {
  const found: Found = {
    year: undefined,
    isoYear: undefined,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    microsecond: 0,
    weekday: undefined,
    dayOfYear: undefined,
    week: undefined,
    isoWeek: undefined,
    offset: undefined,
    zoneName: undefined,
  };
  const meridiem = directives.includes("p") ? match[directives.indexOf("p") + 1]!.toLowerCase() : undefined;
  directives.forEach((directive, index) => note(found, directive, match[index + 1]!, meridiem));
  checkWeeks(found);
  const date = resolveDate(found);
  const tz = found.offset === undefined ? zone : fixedZone(found.offset, found.zoneName);
  const { year, month, day } = date;
  const { hour, minute, second, microsecond } = found;
  return dateTime({ year, month, day, hour, minute, second, microsecond }, tz);
}

function note(found: Found, directive: string, text: string, meridiem: string | undefined): void {
  const value = Number(text);
  // prettier-ignore
  switch (directive) {
    case "y": found.year = value + (value <= 68 ? 2000 : 1900); break;
    case "Y": found.year = value; break;
    case "G": found.isoYear = value; break;
    case "m": found.month = value; break;
    case "B": found.month = placeInMonths(text) + 1; break;
    case "b": found.month = placeInShortMonths(text) + 1; break;
    case "d": found.day = value; break;
    case "H": found.hour = value; break;
    case "I": found.hour = (value % 12) + (meridiem === "pm" ? 12 : 0); break;
    case "M": found.minute = value; break;
    case "S": found.second = value; break;
    case "f": found.microsecond = Number(text.padEnd(6, "0")); break;
    case "A": found.weekday = placeInWeekdays(text); break;
    case "a": found.weekday = placeInShortWeekdays(text); break;
    case "w": found.weekday = (value + 6) % 7; break;
    case "u": found.weekday = value - 1; break;
    case "j": found.dayOfYear = value; break;
    case "U": found.week = { number: value, startsOn: "Sunday" }; break;
    case "W": found.week = { number: value, startsOn: "Monday" }; break;
    case "V": found.isoWeek = value; break;
    case "z": found.offset = readOffset(text); break;
    case "Z": found.zoneName = text; break;
  }
}

const placeInMonths = placeIn(months);
const placeInShortMonths = placeIn(shortMonths);
const placeInWeekdays = placeIn(weekdays);
const placeInShortWeekdays = placeIn(shortWeekdays);

function placeIn(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, place) => [name.toLowerCase(), place]));
  return (name) => places.get(name.toLowerCase())!;
}

function readOffset(text: string): number {
  if (text === "Z") return 0;
  if (text[3] === ":" && text.length > 6 && text[6] !== ":") throw valueError(`Inconsistent use of : in ${text}`);
  if (text[3] !== ":" && text[5] === ":")
    throw valueError(`invalid literal for int() with base 10: '${text.slice(5, 7)}'`);
  const digits = text.slice(1).replaceAll(":", "");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4) || 0);
  return text.startsWith("-") ? 0 - seconds : seconds;
}

function checkWeeks({ year, isoYear, isoWeek, week, weekday, dayOfYear }: Found): void {
  const weekdayDirective = "a weekday directive ('%A', '%a', '%w', or '%u').";
  if (year === undefined && isoYear !== undefined) {
    if (isoWeek === undefined || weekday === undefined) {
      throw valueError(`ISO year directive '%G' must be used with the ISO week directive '%V' and ${weekdayDirective}`);
    }
    if (dayOfYear !== undefined) {
      throw valueError(
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      );
    }
  } else if (week === undefined && isoWeek !== undefined) {
    throw valueError(
      weekday === undefined
        ? `ISO week directive '%V' must be used with the ISO year directive '%G' and ${weekdayDirective}`
        : "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    );
  }
}

function resolveDate(found: Found): { readonly year: number; readonly month: number; readonly day: number } {
  const { month, day } = found;
  // Python tries 29 February of no year in a leap year, and then puts it back to 1900, which has none.
  const leapDay = found.year === undefined && month === 2 && day === 29;
  const year = found.year ?? (leapDay ? 1904 : 1900);
  const days = dayByNumber(found, year);
  if (days === undefined) {
    plainDate(year, month, day);
    return { year: leapDay ? 1900 : year, month, day };
  }
  if (days < dayNumber(1, 1, 1)) throw valueError("year 0 is out of range");
  const date = civil(days);
  return leapDay ? { ...date, year: 1900 } : date;
}

/** The day where the text gave its number in the year, or a week and a weekday. */
function dayByNumber({ weekday, dayOfYear, week, isoYear, isoWeek }: Found, year: number): number | undefined {
  if (dayOfYear !== undefined) return plainDate(year, 1, 1).days + dayOfYear - 1;
  if (weekday === undefined) return undefined;
  if (week !== undefined) {
    const first = plainDate(year, 1, 1).days;
    const toSunday = week.startsOn === "Sunday" ? 1 : 0;
    const firstWeekday = (weekdayOf(first) + toSunday) % 7;
    const beforeWeekOne = week.number === 0 ? -firstWeekday : ((7 - firstWeekday) % 7) + 7 * (week.number - 1);
    return first + beforeWeekOne + ((weekday + toSunday) % 7);
  }
  if (isoYear === undefined || isoWeek === undefined) return undefined;
  const fourth = plainDate(isoYear, 1, 4).days;
  return fourth - weekdayOf(fourth) + (isoWeek - 1) * 7 + weekday;
}
