import { civil, dayOfYear, isoWeek, weekdayOf } from "./calendar.ts";
import { DateTime, dayOf, fields, type Fields, type PlainDate } from "./datetime.ts";
import { months, shortMonths, shortWeekdays, weekdays } from "./names.ts";
import { readConversion, type Conversion } from "./strftime-conversion.ts";
import { offsetText } from "./zone.ts";

/** What the directives look at; a day is midnight without a zone. */
interface Shown extends Fields {
  readonly days: number;
  readonly offset: number | undefined;
  readonly zone: string | undefined;
}
type Piece = (shown: Shown) => string;
export type Writer = (when: DateTime | PlainDate) => string;

const writers = new Map<string, Writer>();
const mostWriters = 500;

/** Python's `strftime` on Linux in the C locale: glibc's directives, with their flags and widths, and `%f %z %Z`. */
export function strftime(when: DateTime | PlainDate, format: string): string {
  let writer = writers.get(format);
  if (writer === undefined) {
    if (writers.size >= mostWriters) writers.clear();
    writers.set(format, (writer = strftimeWriter(format)));
  }
  return writer(when);
}

/** The format made ready for many moments. */
export function strftimeWriter(format: string): Writer {
  const pieces = compile(format);
  return (when) => {
    const shown = show(when);
    let text = "";
    for (const piece of pieces) text += typeof piece === "string" ? piece : piece(shown);
    return text;
  };
}

function show(when: DateTime | PlainDate): Shown {
  if (!(when instanceof DateTime)) {
    const midnight = { hour: 0, minute: 0, second: 0, microsecond: 0, offset: undefined, zone: undefined };
    return { ...civil(when.days), ...midnight, days: when.days };
  }
  // Spelt out: an object spread costs microseconds, and this runs for each record.
  const { year, month, day, hour, minute, second, microsecond } = fields(when);
  const { offset, zone } = when;
  return { year, month, day, hour, minute, second, microsecond, days: dayOf(when), offset, zone };
}

function compile(format: string): readonly (string | Piece)[] {
  const pieces: (string | Piece)[] = [];
  let at = 0;
  while (at < format.length) {
    const percent = format.indexOf("%", at);
    if (percent !== at) pieces.push(format.slice(at, percent < 0 ? undefined : percent));
    if (percent < 0) break;
    const own = pythonOwn[format[percent + 1] ?? ""];
    if (own !== undefined) {
      pieces.push(own);
      at = percent + 2;
    } else {
      const conversion = readConversion(format, percent);
      pieces.push(convert(conversion));
      at = conversion.end;
    }
  }
  return pieces;
}

/** What Python fills in before glibc sees the format; with a flag or a width between, glibc finds nothing to show. */
const pythonOwn: Readonly<Record<string, Piece>> = {
  f: ({ microsecond }) => String(microsecond).padStart(6, "0"),
  z: ({ offset }) => (offset === undefined ? "" : offsetText(offset, "")),
  Z: ({ zone }) => zone ?? "",
};

const hour12 = ({ hour }: Shown): number => ((hour + 11) % 12) + 1;
const meridiem = ({ hour }: Shown): string => (hour < 12 ? "AM" : "PM");

/** Per conversion its digits and its number. */
const numbers: Readonly<Record<string, readonly [digits: number, value: (shown: Shown) => number]>> = {
  C: [1, ({ year }) => Math.floor(year / 100)],
  d: [2, ({ day }) => day],
  e: [2, ({ day }) => day],
  g: [2, ({ days }) => isoWeek(days).year % 100],
  G: [1, ({ days }) => isoWeek(days).year],
  H: [2, ({ hour }) => hour],
  I: [2, hour12],
  j: [3, dayOfYear],
  k: [2, ({ hour }) => hour],
  l: [2, hour12],
  m: [2, ({ month }) => month],
  M: [2, ({ minute }) => minute],
  S: [2, ({ second }) => second],
  u: [1, ({ days }) => weekdayOf(days) + 1],
  U: [2, (shown) => Math.floor((dayOfYear(shown) + 6 - ((weekdayOf(shown.days) + 1) % 7)) / 7)],
  V: [2, ({ days }) => isoWeek(days).week],
  w: [1, ({ days }) => (weekdayOf(days) + 1) % 7],
  W: [2, (shown) => Math.floor((dayOfYear(shown) + 6 - weekdayOf(shown.days)) / 7)],
  y: [2, ({ year }) => year % 100],
  Y: [1, ({ year }) => year],
};

const words: Readonly<Record<string, Piece>> = {
  a: ({ days }) => shortWeekdays[weekdayOf(days)]!,
  A: ({ days }) => weekdays[weekdayOf(days)]!,
  b: ({ month }) => shortMonths[month - 1]!,
  h: ({ month }) => shortMonths[month - 1]!,
  B: ({ month }) => months[month - 1]!,
  n: () => "\n",
  t: () => "\t",
  "%": () => "%",
  p: meridiem,
  P: (shown) => meridiem(shown).toLowerCase(),
  s: ({ days, hour, minute, second }) => String(days * 86_400 + hour * 3600 + minute * 60 + second),
  Z: () => "",
};

const composed: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

function convert(conversion: Conversion): Piece {
  const { letter, padding, width, upper, swap } = conversion;
  const number = numbers[letter];
  if (number !== undefined) {
    const [digits, value] = number;
    if (padding === "0" && width <= 2 && digits === 2) return (shown) => two(value(shown));
    return (shown) => {
      const text = String(value(shown));
      return padding === "-" ? text.padStart(width, " ") : text.padStart(Math.max(width, digits), padding);
    };
  }
  const filler = conversion.zeros ? "0" : " ";
  const word = words[letter] ?? nested(letter);
  const raise = upper ? letter !== "P" : swap && (letter === "a" || /[AbBh]$/.test(conversion.text));
  if (word === undefined) {
    const text = letter === "z" ? "" : conversion.text.padStart(width, filler);
    return () => (raise ? text.toUpperCase() : text);
  }
  if (letter === "p" && swap) return (shown) => word(shown).toLowerCase().padStart(width, filler);
  return (shown) => (raise ? word(shown).toUpperCase() : word(shown)).padStart(width, filler);
}

function nested(letter: string): Piece | undefined {
  const format = composed[letter];
  if (format === undefined) return undefined;
  const pieces = compile(format);
  return (shown) => pieces.map((piece) => (typeof piece === "string" ? piece : piece(shown))).join("");
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
