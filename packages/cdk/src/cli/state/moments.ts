import { parseAnyDatetime } from "../../datetime/airbyte-datetime.ts";
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

/** A time as people write it: `2026-01-31`, `2026-01-31T12:00:00Z`, or nearly any other form. */
export function momentGiven(text: string, flag: string): DateTime {
  const moment = attempt(() => parseAnyDatetime(text));
  if (moment !== undefined) return moment;
  throw configError(`${flag} ${text} is no time: write it as 2026-01-31 or 2026-01-31T12:00:00Z.`);
}

function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Error) return undefined; // the caller says what it is not
    throw error;
  }
}
