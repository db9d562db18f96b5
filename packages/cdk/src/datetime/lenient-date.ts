import { daysInMonth } from "./calendar.ts";
import { valueError } from "./failure.ts";

type Part = "year" | "month" | "day";

/** The numbers of a date in the order of the text, and which of them are known to be the year, month or day. */
export interface DateNumbers {
  readonly numbers: number[];
  readonly known: Partial<Record<Part, number>>;
  /** Whether a year came with its century. */
  century: boolean;
}

export function dateNumbers(): DateNumbers {
  return { numbers: [], known: {}, century: false };
}

/** Adds a number, given as text or as a value; one too large for a day or month, or of more than two digits, is the year. */
export function note(date: DateNumbers, value: number | string, part?: Part): void {
  const isYear = typeof value === "string" ? /^\d{3,}$/.test(value) : value > 100;
  if (isYear) {
    date.century = true;
    if (part !== undefined && part !== "year") throw valueError(part);
  }
  const known = isYear ? "year" : part;
  date.numbers.push(typeof value === "string" ? wholeNumber(value) : Math.trunc(value));
  if (known === undefined) return;
  if (date.known[known] !== undefined) throw valueError(`${known} is already set`);
  date.known[known] = date.numbers.length - 1;
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw valueError(`not a number: ${text}`);
  return Number(text);
}

export function couldBeDay({ numbers, known }: DateNumbers, value: number): boolean {
  if (known.day !== undefined || value < 1) return false;
  if (known.month === undefined) return value <= 31;
  const year = known.year === undefined ? 2000 : numbers[known.year]!;
  return value <= daysInMonth(year, numbers[known.month]!);
}

/** Which number is what. American order, month before day, unless a number is too large for it. */
export function resolveDate({ numbers, known }: DateNumbers): Partial<Record<Part, number>> {
  const count = Object.keys(known).length;
  if ((numbers.length === count && count > 0) || (numbers.length === 3 && count === 2)) return byKnown(numbers, known);
  const [first = 0, second = 0, third = 0] = numbers;
  const { month } = known;
  switch (numbers.length) {
    case 0:
      return {};
    case 1:
      return first > 31 ? { year: first } : { day: first };
    case 2:
      if (month !== undefined) {
        const other = month === 0 ? second : first;
        return { month: numbers[month]!, ...(other > 31 ? { year: other } : { day: other }) };
      }
      if (first > 31) return { year: first, month: second };
      return second > 31 ? { month: first, year: second } : { month: first, day: second };
    case 3:
      if (month === 0) return second > 31 ? order("month", "year", "day") : order("month", "day", "year");
      if (month === 1) return first > 31 ? order("year", "month", "day") : order("day", "month", "year");
      if (month === 2) return second > 31 ? order("day", "year", "month") : order("year", "day", "month");
      if (first > 31 || known.year === 0) return order("year", "month", "day");
      return first > 12 ? order("day", "month", "year") : order("month", "day", "year");
    default:
      throw valueError("More than three YMD values");
  }

  function order(...parts: [Part, Part, Part]): Partial<Record<Part, number>> {
    return { [parts[0]]: first, [parts[1]]: second, [parts[2]]: third };
  }
}

/** The third of three is what the other two are not. */
function byKnown(numbers: readonly number[], known: DateNumbers["known"]): Partial<Record<Part, number>> {
  const places = Object.values(known);
  const result: Partial<Record<Part, number>> = {};
  for (const part of ["year", "month", "day"] as const) {
    const place =
      known[part] ?? (numbers.length === 3 ? [0, 1, 2].find((index) => !places.includes(index)) : undefined);
    if (place !== undefined) result[part] = numbers[place]!;
  }
  return result;
}
