import { parseDuration } from "../../../datetime/iso-duration.ts";
import { Timedelta, totalSeconds } from "../../../datetime/timedelta.ts";
import { configError } from "../../../errors.ts";

const DAY = 86_400;
const YEAR = 365.2425 * DAY;

/** The seconds of an ISO 8601 duration; a month or year counts with its mean length. */
export function periodOf(text: string, field: string): number {
  try {
    const duration = parseDuration(text);
    if (duration instanceof Timedelta) return totalSeconds(duration);
    return (duration.years + duration.months / 12) * YEAR + totalSeconds(duration.rest);
  } catch (cause) {
    throw configError(`${field} must be an ISO 8601 duration such as PT1H, but is "${text}".`, { cause });
  }
}
