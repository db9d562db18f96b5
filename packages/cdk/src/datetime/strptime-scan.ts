import { dayNumber, daysInMonth } from "./calendar.ts";
import { DateTime, utcZone, type TimeZone } from "./datetime.ts";
import { fixedZone } from "./zone.ts";

const directives = "YmdHMSfz";
const [year, month, day, hour, minute, second, fraction, offset] = [-1, -2, -3, -4, -5, -6, -7, -8];
const zero = 48;

/**
 * A quick reader for formats of plain numbers, which nearly all are. It takes only the full form of each number and
 * gives up (undefined) on everything else, which the pattern then reads or refuses. What it takes, the pattern would
 * take alike. Undefined when the format is none of these.
 */
export function compileScan(
  format: string,
  zone: TimeZone | undefined,
): ((text: string) => DateTime | undefined) | undefined {
  const steps = compileSteps(format);
  return steps === undefined ? undefined : (text) => scan(steps, text, zone);
}

/** Per step a character's code, or a directive's negative number. */
function compileSteps(format: string): readonly number[] | undefined {
  const steps: number[] = [];
  for (let at = 0; at < format.length; at++) {
    const char = format[at]!;
    if (char !== "%") {
      // A run of spaces stands for any other run.
      if (/\s/.test(char) && (char !== " " || format[at - 1] === " ")) return undefined;
      steps.push(format.charCodeAt(at));
      continue;
    }
    const step = -1 - directives.indexOf(format[++at] ?? "?");
    if (step === 0 || steps.includes(step)) return undefined;
    steps.push(step);
  }
  return steps;
}

function scan(steps: readonly number[], text: string, zone: TimeZone | undefined): DateTime | undefined {
  let years = 1900;
  let months = 1;
  let days = 1;
  let hours = 0;
  let minutes = 0;
  let seconds = 0;
  let micros = 0;
  let at = 0;
  for (const step of steps) {
    if (step >= 0) {
      if (text.charCodeAt(at++) !== step) return undefined;
    } else if (step === year) {
      years = twoDigits(text, at) * 100 + twoDigits(text, at + 2);
      if (!(years >= 1)) return undefined;
      at += 4;
    } else if (step === fraction) {
      const start = at;
      for (let digit = text.charCodeAt(at) - zero; at < start + 6 && digit >= 0 && digit <= 9;) {
        micros = micros * 10 + digit;
        digit = text.charCodeAt(++at) - zero;
      }
      if (at === start) return undefined;
      for (let missing = start + 6 - at; missing > 0; missing--) micros *= 10;
    } else if (step === offset) {
      if (text.charCodeAt(at) === 90) {
        zone = utcZone;
        at += 1;
      } else {
        const length = text.charCodeAt(at + 3) === 58 ? 6 : 5;
        const found = readOffset(text, at, length);
        if (found === undefined) return undefined;
        zone = fixedZone(found);
        at += length;
      }
    } else {
      const value = twoDigits(text, at);
      at += 2;
      if (step === month && value >= 1 && value <= 12) months = value;
      else if (step === day && value >= 1 && value <= 31) days = value;
      else if (step === hour && value <= 23) hours = value;
      else if (step === minute && value <= 59) minutes = value;
      else if (step === second && value <= 59) seconds = value;
      else return undefined;
    }
  }
  if (at !== text.length || (days > 28 && days > daysInMonth(years, months))) return undefined;
  const whole = dayNumber(years, months, days) * 86_400 + hours * 3600 + minutes * 60 + seconds;
  const millis = Math.floor(micros / 1000);
  return new DateTime(whole * 1000 + millis, micros - millis * 1000, zone);
}

/** NaN, or above 99, when these are not two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const units = text.charCodeAt(at + 1) - zero;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : NaN;
}

/** `+05:30` or `+0530`, below a day, with nothing after it that could belong to it. */
function readOffset(text: string, at: number, length: 5 | 6): number | undefined {
  const sign = text.charCodeAt(at);
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + length - 2);
  if ((sign !== 43 && sign !== 45) || !(hours <= 23 && minutes <= 59) || at + length !== text.length) return undefined;
  return (sign === 45 ? -60 : 60) * (hours * 60 + minutes) + 0;
}
