import { valueError } from "./failure.ts";
import { couldBeDay, note, wholeNumber, type DateNumbers } from "./lenient-date.ts";
import { isPassed, meridiemOf, monthNamed, unitOf } from "./lenient-words.ts";

/** What a text has said so far. */
export interface Reading {
  readonly date: DateNumbers;
  weekday: number | undefined;
  hour: number | undefined;
  minute: number | undefined;
  second: number | undefined;
  microsecond: number | undefined;
  meridiem: number | undefined;
  zoneName: string | undefined;
  offset: number | undefined;
}

/** Takes the number at this place, and what belongs to it; gives the place of the last token taken. */
export function readNumber(reading: Reading, tokens: readonly string[], index: number): number {
  const { date } = reading;
  const token = tokens[index]!;
  const next = tokens[index + 1];
  const { whole, value } = decimal(token);
  const size = token.length;

  if (
    date.numbers.length === 3 &&
    (size === 2 || size === 4) &&
    reading.hour === undefined &&
    next !== ":" &&
    unitOf(next) === undefined
  ) {
    // A clock run together after a whole date: 20240131 1230
    reading.hour = wholeNumber(token.slice(0, 2));
    if (size === 4) reading.minute = wholeNumber(token.slice(2));
    return index;
  }
  if (size === 6 || (size > 6 && token.indexOf(".") === 6)) {
    if (date.numbers.length === 0 && !token.includes(".")) {
      for (const at of [0, 2, 4]) note(date, token.slice(at, at + 2));
    } else {
      reading.hour = wholeNumber(token.slice(0, 2));
      reading.minute = wholeNumber(token.slice(2, 4));
      readSeconds(reading, token.slice(4));
    }
    return index;
  }
  if (size === 8 || size === 12 || size === 14) {
    note(date, token.slice(0, 4), "year");
    note(date, token.slice(4, 6));
    note(date, token.slice(6, 8));
    if (size > 8) {
      reading.hour = wholeNumber(token.slice(8, 10));
      reading.minute = wholeNumber(token.slice(10, 12));
    }
    if (size > 12) reading.second = wholeNumber(token.slice(12));
    return index;
  }
  const unit = findUnit(tokens, index);
  if (unit !== undefined) {
    const ahead = unit > index;
    readUnit(reading, token, unitOf(tokens[unit])! + (ahead ? 0 : 1));
    return ahead ? unit : index;
  }
  if (next === ":" && index + 2 < tokens.length) {
    reading.hour = whole;
    readMinutes(reading, tokens[index + 2]!);
    if (index + 4 >= tokens.length || tokens[index + 3] !== ":") return index + 2;
    readSeconds(reading, tokens[index + 4]!);
    return index + 4;
  }
  if (next === "-" || next === "/" || next === ".") return readSeparated(date, tokens, index, next);
  if (next === undefined || isPassed(next)) {
    const meridiem = meridiemOf(tokens[index + 2]);
    if (meridiem === undefined) {
      note(date, value);
      return index + 1;
    }
    reading.hour = onTwelve(whole, meridiem);
    return index + 2;
  }
  const meridiem = meridiemOf(next);
  if (meridiem !== undefined && value < 24) {
    reading.hour = onTwelve(whole, meridiem);
    return index + 1;
  }
  if (!couldBeDay(date, value)) throw valueError(`unexpected number: ${token}`);
  note(date, value);
  return index;
}

/** Two or three members of a date with the same mark between them: 31/01/2024, 31-Jan-24 */
function readSeparated(date: DateNumbers, tokens: readonly string[], index: number, mark: string): number {
  note(date, tokens[index]!);
  const second = tokens[index + 2];
  if (second === undefined || isPassed(second)) return index + 1;
  if (/^\d+$/.test(second)) note(date, second);
  else note(date, required(monthNamed(second)), "month");
  if (tokens[index + 3] !== mark) return index + 2;
  const third = required(tokens[index + 4]);
  const month = monthNamed(third);
  if (month === undefined) note(date, third);
  else note(date, month, "month");
  return index + 4;
}

/** The place of the unit (h, m, s) that the number has, or that the one before it had: `12h04` */
function findUnit(tokens: readonly string[], index: number): number | undefined {
  if (unitOf(tokens[index + 1]) !== undefined) return index + 1;
  if (tokens[index + 1] === " " && unitOf(tokens[index + 2]) !== undefined) return index + 2;
  if (unitOf(tokens[index - 1]) !== undefined) return index - 1;
  const last = index > 1 && index === tokens.length - 1;
  return last && tokens[index - 1] === " " && unitOf(tokens[index - 2]) !== undefined ? index - 2 : undefined;
}

function readUnit(reading: Reading, token: string, unit: number): void {
  if (unit === 0) {
    const { whole, sixtieths } = decimal(token);
    reading.hour = whole;
    if (sixtieths !== undefined) reading.minute = sixtieths;
  } else if (unit === 1) readMinutes(reading, token);
  else if (unit === 2) readSeconds(reading, token);
}

function readMinutes(reading: Reading, token: string): void {
  const { whole, sixtieths } = decimal(token);
  reading.minute = whole;
  reading.second = sixtieths;
}

function readSeconds(reading: Reading, token: string): void {
  const [whole, fraction, ...rest] = token.split(".");
  if (rest.length > 0) throw valueError(`not a number: ${token}`);
  reading.second = wholeNumber(whole!);
  reading.microsecond = fraction === undefined ? 0 : wholeNumber(fraction.padEnd(6, "0").slice(0, 6));
}

interface Decimal {
  readonly value: number;
  readonly whole: number;
  /** The part after the point in sixtieths, rounded down; undefined when there is none. */
  readonly sixtieths: number | undefined;
}

function decimal(token: string): Decimal {
  const [, digits, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(token) ?? [];
  if (digits === undefined) throw valueError(`not a number: ${token}`);
  const part = BigInt(fraction || 0);
  const sixtieths = part === 0n ? undefined : Number((part * 60n) / 10n ** BigInt(fraction.length));
  return { value: Number(token), whole: Number(digits), sixtieths };
}

export function onTwelve(hour: number, meridiem: number): number {
  if (meridiem === 1 && hour < 12) return hour + 12;
  return meridiem === 0 && hour === 12 ? 0 : hour;
}

export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw valueError("the text ends too early");
  return value;
}
