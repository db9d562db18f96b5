import { compare } from "./arithmetic.ts";
import { parseDatetime } from "./datetime-format.ts";
import type { DateTime } from "./datetime.ts";

export const defaultDatetimeFormat = "%Y-%m-%dT%H:%M:%S.%f%z";

export interface DatetimeBounds {
  /** Format of the value and of both bounds; {@link defaultDatetimeFormat} when empty. */
  readonly format?: string | undefined;
  /** No bound when empty. */
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
}

/** The moment, not before the minimum and then not after the maximum. */
export function minMaxDatetime(value: string, { format, minimum, maximum }: DatetimeBounds): DateTime {
  const read = (text: string): DateTime =>
    parseDatetime(text, format === "" ? defaultDatetimeFormat : (format ?? defaultDatetimeFormat));
  let moment = read(value);
  if (minimum !== undefined && minimum !== "") {
    const least = read(minimum);
    if (compare(least, moment) > 0) moment = least;
  }
  if (maximum !== undefined && maximum !== "") {
    const most = read(maximum);
    if (compare(most, moment) < 0) moment = most;
  }
  return moment;
}
