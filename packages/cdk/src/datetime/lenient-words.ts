import { months, shortMonths, shortWeekdays, weekdays } from "./names.ts";

/** The English words and marks that the lenient reader knows; letters in any case. */
const separators = [" ", ".", ",", ";", "-", "/", "'"];
const fillers = ["at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];
const passed = new Set([...separators, ...fillers]);
const units = [
  ["h", "hour", "hours"],
  ["m", "minute", "minutes"],
  ["s", "second", "seconds"],
];
const meridiems = [
  ["am", "a"],
  ["pm", "p"],
];
const weekdayNames = weekdays.map((name, index) => [name, shortWeekdays[index]!]);
const monthNames = months.map((name, index) => [name, shortMonths[index]!, ...(index === 8 ? ["Sept"] : [])]);

/** Whether the token may stand anywhere without meaning. */
export function isPassed(token: string): boolean {
  return passed.has(token.toLowerCase());
}

/** 0 an hour, 1 a minute, 2 a second. */
export function unitOf(token: string | undefined): number | undefined {
  return indexIn(units, token);
}

/** 0 before noon, 1 after. */
export function meridiemOf(token: string | undefined): number | undefined {
  return indexIn(meridiems, token);
}

/** Monday is 0. */
export function weekdayNamed(token: string): number | undefined {
  return indexIn(weekdayNames, token);
}

/** January is 1. */
export function monthNamed(token: string): number | undefined {
  const index = indexIn(monthNames, token);
  return index === undefined ? undefined : index + 1;
}

export function isUtcName(name: string): boolean {
  return ["utc", "gmt", "z"].includes(name.toLowerCase());
}

/** Whether a token after a time reads as the name of a zone. */
export function isZoneLike(token: string): boolean {
  return /^[A-Z]{0,5}$/.test(token) || token === "z";
}

function indexIn(groups: readonly (readonly string[])[], token: string | undefined): number | undefined {
  const wanted = token?.toLowerCase();
  const index = groups.findIndex((group) => group.some((name) => name.toLowerCase() === wanted));
  return index < 0 ? undefined : index;
}
