import { repr } from "../json/python-text.ts";
import type { DateTime, TimeZone } from "./datetime.ts";
import { isValueError, valueError, type DateTimeFailure } from "./failure.ts";
import { compileScan } from "./strptime-scan.ts";
import { compilePattern } from "./strptime-pattern.ts";
import { resolve } from "./strptime-resolve.ts";

/** Why a text is no moment of a format: a `ValueError`, made only when somebody asks. */
export type Mismatch = () => DateTimeFailure;
export type Reader = (text: string) => DateTime | Mismatch;

const readers = new Map<string, Reader>();
const mostReaders = 500;

/** Python's `datetime.strptime(text, format)`; naive unless the format has `%z`. Throws a `DateTimeFailure`. */
export function strptime(text: string, format: string): DateTime {
  let reader = readers.get(format);
  if (reader === undefined) {
    if (readers.size >= mostReaders) readers.clear();
    readers.set(format, (reader = strptimeReader(format, undefined)));
  }
  const moment = reader(text);
  if (typeof moment === "function") throw moment();
  return moment;
}

/** The format made ready for many texts. A text without an offset is read as in `zone`. */
export function strptimeReader(format: string, zone: TimeZone | undefined): Reader {
  const scan = compileScan(format, zone);
  let slow: Reader | undefined;
  return (text) => {
    const moment = scan?.(text);
    if (moment !== undefined) return moment;
    slow ??= patternReader(format, zone);
    return slow(text);
  };
}

/** All that the format allows, and the reason when a text is no match. */
function patternReader(format: string, zone: TimeZone | undefined): Reader {
  const pattern = compilePattern(format);
  if (typeof pattern === "function") return () => pattern;
  const { expression, directives } = pattern;
  return (text) => {
    const found = expression.exec(text);
    if (found === null) return () => valueError(`time data ${repr(text)} does not match format ${repr(format)}`);
    const end = found[0].length;
    if (end !== text.length) return () => valueError(`unconverted data remains: ${text.slice(end)}`);
    try {
      return resolve(directives, found, zone);
    } catch (error) {
      if (isValueError(error)) return () => error;
      throw error;
    }
  };
}
