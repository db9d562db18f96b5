import { parseAnyDatetime } from "../../datetime/airbyte-datetime.ts";
import { parseDuration } from "../../datetime/iso-duration.ts";
import type { Duration } from "../../datetime/calendar-duration.ts";
import type { DateTime } from "../../datetime/datetime.ts";
import { datetimeReader, datetimeWriter } from "../../datetime/datetime-format.ts";
import { configError } from "../../errors.ts";
import type { Json } from "../../json/value.ts";

/** Reads and writes the times of a cursor as states spell them. */
export interface Spelling {
  /** Undefined for what is no time. */
  read(value: Json): DateTime | undefined;
  write(moment: DateTime): Json;
}

/** By the formats of a cursor: all are read, the last is written. */
export function spellingOf(formats: readonly string[]): Spelling {
  const read = datetimeReader(formats);
  const write = datetimeWriter(formats.at(-1)!);
  return { read: (value) => attempt(() => read(value)), write };
}

/** By the look of a value, where no format is known. Undefined for what does not look like a time. */
export function spellingLike(value: Json): Spelling | undefined {
  const format = typeof value === "string" ? formatLike(value) : undefined;
  return format === undefined ? undefined : spellingOf([format]);
}

const LOOK = /^\d{4}-\d\d-\d\d(?:([T ])\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

function formatLike(text: string): string | undefined {
  const match = LOOK.exec(text);
  if (match === null) return undefined;
  const [, gap, fraction, zone] = match;
  if (gap === undefined) return "%Y-%m-%d";
  const part = fraction === undefined ? "" : fraction.length === 4 ? ".%_ms" : ".%f";
  const end =
    zone === undefined || zone === "Z" ? (zone ?? "") : zone.includes(":") && /00:00$/.test(zone) ? zone : "%z";
  return `%Y-%m-%d${gap}%H:%M:%S${part}${end}`;
}

/** A time as people write it: `2026-01-31`, `2026-01-31T12:00:00Z`, or nearly any other form. */
export function momentGiven(text: string, flag: string): DateTime {
  const moment = attempt(() => parseAnyDatetime(text));
  if (moment !== undefined) return moment;
  throw configError(`${flag} ${text} is no time: write it as 2026-01-31 or 2026-01-31T12:00:00Z.`);
}

const UNITS: Readonly<Record<string, string>> = { w: "W", d: "D", h: "H", m: "M", s: "S" };

/** A length of time as people write it: `7d`, `12h`, `90m`, `2w`, or as ISO 8601 has it. */
export function durationGiven(text: string, flag: string): Duration {
  const [, count, unit] = /^(\d+)\s*([wdhms])$/i.exec(text) ?? [];
  const iso = count === undefined ? text : `P${/[hms]/i.test(unit!) ? "T" : ""}${count}${UNITS[unit!.toLowerCase()]!}`;
  const duration = attempt(() => parseDuration(iso));
  if (duration !== undefined) return duration;
  throw configError(`${flag} ${text} is no length of time: write it as 7d, 12h or P1M.`);
}

function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Error) return undefined; // the caller says what it is not
    throw error;
  }
}
