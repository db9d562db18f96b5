export const TIMESTAMP: RegExp =
  /^(?:\d{4}-\d\d-\d\d|(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?)$/;

/** A timestamp of YAML in ISO 8601, as Python prints it; undefined where there is no such time (`2021-02-30`). */
export function isoTimestamp(text: string): string | undefined {
  if (text.length === 10) return dateExists(text.slice(0, 4), text.slice(5, 7), text.slice(8)) ? text : undefined;
  const match = TIMESTAMP.exec(text);
  const [, year = "", month = "", day = "", hour = "", minute, second, fraction, utc, sign, zoneHour = "", zoneMinute] =
    match ?? [];
  if (!dateExists(year, month, day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micros = (fraction ?? "").slice(0, 6).padEnd(6, "0");
  const zone =
    utc === "Z" ? "+00:00" : sign === undefined ? "" : offset(sign, Number(zoneHour), Number(zoneMinute ?? 0));
  if (zone === undefined) return undefined;
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute!}:${second!}${micros === "000000" ? "" : `.${micros}`}${zone}`;
}

function dateExists(year: string, month: string, day: string): boolean {
  const lastDay = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  const inMonth = Number(day) >= 1 && Number(day) <= lastDay;
  return year !== "0000" && Number(month) >= 1 && Number(month) <= 12 && inMonth;
}

/** Minutes past 59 count as hours; a day or more is no offset. */
function offset(sign: string, hours: number, minutes: number): string | undefined {
  const whole = hours * 60 + minutes;
  if (whole >= 24 * 60) return undefined;
  return `${whole === 0 ? "+" : sign}${pad(String(Math.floor(whole / 60)))}:${pad(String(whole % 60))}`;
}

const pad = (digits: string): string => digits.padStart(2, "0");
