import { repr } from "../json/python-text.ts";
import type { Json } from "../json/value.ts";
import { CalendarDuration, type Duration } from "./calendar-duration.ts";
import { negate } from "./duration-arithmetic.ts";
import { typeError } from "./failure.ts";
import { iso8601Error, parseAlternative } from "./iso-duration-alternative.ts";
import { Timedelta, timedelta, toMicros } from "./timedelta.ts";

const number = "(\\d+(?:[,.]\\d+)?)";
const form = new RegExp(
  `^([+-])?P(?=\\w)(?:${number}Y)?(?:${number}M)?(?:${number}W)?(?:${number}D)?` +
    `(?:T(?:${number}H)?(?:${number}M)?(?:${number}S)?)?\n?$`,
);

/**
 * An ISO 8601 duration: `P1DT12H`, `-P2W`, `P1Y6M`, or the form of a date, `P0001-06-00T…`. Any part may be broken.
 * One with years or months is a {@link CalendarDuration}. Throws a `DateTimeFailure` when it is none.
 */
export function parseDuration(text: Json): Duration {
  if (typeof text !== "string") throw typeError(`Expecting a string ${repr(text)}`);
  const found = form.exec(text);
  if (found === null) {
    if (text.startsWith("P")) return parseAlternative(text.slice(1));
    throw iso8601Error(`Unable to parse duration string ${repr(text)}`);
  }
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(2).map(amount);
  const span = timedelta({ seconds: seconds!, minutes: minutes!, hours: hours!, days: days!, weeks: weeks! });
  const duration = years === 0 && months === 0 ? span : new CalendarDuration(years!, months!, span);
  return found[1] === "-" ? negate(duration) : duration;
}

function amount(text: string | undefined): number {
  return text === undefined ? 0 : Number(text.replace(",", "."));
}

/** The duration as ISO 8601 writes it: `P1DT2H`, `-PT5S`, `P0D`. */
export function formatDuration(duration: Duration): string {
  const span = duration instanceof Timedelta ? duration : duration.rest;
  const { years, months } = duration instanceof Timedelta ? { years: 0, months: 0 } : duration;
  const total = toMicros(span);
  const size = total < 0n ? -total : total;
  const count = (unit: bigint, within: bigint): number => Number((size % within) / unit);
  const [minute, hour, day] = [60_000_000n, 3_600_000_000n, 86_400_000_000n];
  const seconds = count(1_000_000n, minute);
  const micros = count(1n, 1_000_000n);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
  const clock = `${part(count(hour, day), "H")}${part(count(minute, hour), "M")}${
    seconds === 0 && micros === 0 ? "" : `${seconds}${fraction}S`
  }`;
  const days = part(Number(size / day), "D");
  const text = `${part(Math.abs(years), "Y")}${part(Math.abs(months), "M")}${days}${clock === "" ? "" : `T${clock}`}`;
  return `${total < 0n || years < 0 || months < 0 ? "-" : ""}P${text === "" ? "0D" : text}`;
}

function part(value: number, letter: string): string {
  return value === 0 ? "" : `${value}${letter}`;
}
