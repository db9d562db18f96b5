import { entries, fromEntries, get, type Json, type JsonObject } from "../json/value.ts";
import { parseDatetime } from "./datetime-format.ts";
import { DateTimeFailure } from "./failure.ts";

/** In the order in which they are tried. */
const FORMATS = [
  "%Y-%m-%d",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%dT%H:%M:%S.%fZ",
  "%Y-%m-%d %H:%M:%S.%f%z",
  "%Y-%m-%dT%H:%M:%S.%f%z",
  "%s",
  "%ms",
  "%d/%m/%Y %H:%M",
  "%Y-%m",
  "%d-%m-%Y",
];

/** Finds the top-level fields that hold a moment in the same format in all records; the first record says which. */
export function createFormatInference(): { add(record: JsonObject): void; formats(): JsonObject } {
  let candidates: Map<string, string> | undefined;
  return {
    add(record) {
      if (candidates === undefined) {
        candidates = new Map();
        for (const [name, value] of entries(record)) {
          const format = mayBeMoment(value) ? FORMATS.find((each) => matches(value, each)) : undefined;
          if (format !== undefined) candidates.set(name, format);
        }
        return;
      }
      for (const [name, format] of candidates) {
        const value = get(record, name);
        if (value === undefined || !mayBeMoment(value) || !matches(value, format)) candidates.delete(name);
      }
    },
    formats: () => fromEntries(candidates ?? []),
  };
}

/** A text that is no number, or a number of the size of today's seconds or milliseconds since 1970. */
function mayBeMoment(value: Json): boolean {
  if (typeof value !== "string" && typeof value !== "number") return false;
  if (typeof value === "string" && !/^\s*[-+]?\d+(?:_\d+)*\s*$/.test(value)) return true;
  const number = Number(String(value).replaceAll("_", ""));
  return Number.isInteger(number) && ((number >= 1e9 && number < 2e9) || (number >= 1e12 && number < 2e12));
}

function matches(value: Json, format: string): boolean {
  try {
    parseDatetime(value, format);
    return true;
  } catch (error) {
    if (error instanceof DateTimeFailure) return false;
    throw error;
  }
}
