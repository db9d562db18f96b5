import { DateTime, TimeZone, utcZone } from "./datetime.ts";
import { DateTimeFailure, valueError } from "./failure.ts";
import { Timedelta, timedeltaRepr } from "./timedelta.ts";

/** UTC as the libraries beside the standard one spell it: it differs in `repr` only. */
export const pytzUtc: TimeZone = new TimeZone(0, "UTC", "<UTC>");
export const dateutilUtc: TimeZone = new TimeZone(0, "UTC", "tzutc()");
/** The machine's own zone, which is always UTC: the reference's image runs in UTC too. */
export const dateutilLocal: TimeZone = new TimeZone(0, "UTC", "tzlocal()");

const fixed = new Map<number, TimeZone>();

/** A fixed offset, in seconds east of UTC, below 24 hours. */
export function fixedZone(offset: number, name?: string): TimeZone {
  if (name !== undefined) return makeFixed(offset, name);
  if (offset === 0) return utcZone;
  let zone = fixed.get(offset);
  if (zone === undefined) fixed.set(offset, (zone = makeFixed(offset, undefined)));
  return zone;
}

function makeFixed(offset: number, name: string | undefined): TimeZone {
  const span = spanOf(offset);
  checkOffset(offset, `, not ${timedeltaRepr(span)}.`);
  const label = name === undefined ? "" : `, '${name}'`;
  return new TimeZone(offset, name ?? `UTC${offsetText(offset)}`, `datetime.timezone(${timedeltaRepr(span)}${label})`);
}

/** A fixed offset as dateutil names it: nameless unless the text gave a name. */
export function dateutilZone(offset: number, name: string | undefined): TimeZone {
  if (offset === 0 && name === undefined) return dateutilUtc;
  checkOffset(offset, ".");
  return new TimeZone(offset, name, `tzoffset(${name === undefined ? "None" : `'${name}'`}, ${offset})`);
}

function checkOffset(offset: number, end: string): void {
  if (Math.abs(offset) < 86_400) return;
  const limits = "-timedelta(hours=24) and timedelta(hours=24)";
  throw valueError(`offset must be a timedelta strictly between ${limits}${end}`);
}

function spanOf(offset: number): Timedelta {
  const whole = Math.floor(offset);
  return new Timedelta(whole, Math.round((offset - whole) * 1e6));
}

/** An offset as ISO 8601 writes it, with seconds and microseconds only where there are some. */
export function offsetText(offset: number, colon: string = ":"): string {
  const micros = Math.round(Math.abs(offset) * 1e6);
  const seconds = Math.floor(micros / 1e6);
  const fraction = micros % 1e6;
  const hours = two(Math.floor(seconds / 3600));
  let text = `${offset < 0 ? "-" : "+"}${hours}${colon}${two(Math.floor(seconds / 60) % 60)}`;
  if (seconds % 60 !== 0 || fraction !== 0) text += colon + two(seconds % 60);
  return fraction === 0 ? text : `${text}.${String(fraction).padStart(6, "0")}`;
}

/** The same instant on the clocks of another zone; a naive moment counts as UTC. Throws when it leaves the calendar. */
export function toZone(moment: DateTime, zone: TimeZone): DateTime {
  if (moment.tz === zone) return moment;
  const shift = Math.round((zone.offset - (moment.offset ?? 0)) * 1e6) + moment.micros;
  const millis = Math.floor(shift / 1000);
  return new DateTime(moment.millis + millis, shift - millis * 1000, zone);
}

/** The same instant in UTC. */
export function utc(moment: DateTime): DateTime {
  return toZone(moment, utcZone);
}

/** The same instant in a zone of the IANA database, such as "Europe/Paris", whatever the case of its letters. */
export function toNamedZone(moment: DateTime, name: string): DateTime {
  const clock = zoneClock(name);
  const instant = utc(moment);
  const shown = clock.formatToParts(instant.millis);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.find((one) => one.type === type)?.value);
  const wall = new Date(0);
  const era = shown.find((one) => one.type === "era")?.value;
  wall.setUTCFullYear(era === "BC" ? 1 - part("year") : part("year"), part("month") - 1, part("day"));
  wall.setUTCHours(part("hour"), part("minute"), part("second"));
  const offset = Math.round((wall.getTime() - instant.millis) / 1000);
  return toZone(instant, new TimeZone(offset, clock.resolvedOptions().timeZone, `<DstTzInfo '${name}'>`));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function zoneClock(name: string): Intl.DateTimeFormat {
  let clock = clocks.get(name);
  if (clock !== undefined) return clock;
  const numeric = "numeric";
  try {
    clock = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: /^[+-]/.test(name) ? "none" : name,
      hourCycle: "h23",
      era: "short",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    // Intl says no more than that it does not know the name.
    throw new DateTimeFailure("UnknownTimeZoneError", `'${name}'`);
  }
  clocks.set(name, clock);
  return clock;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
