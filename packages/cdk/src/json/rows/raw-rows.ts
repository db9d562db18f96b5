import { parseCarefully } from "../careful-parse.ts";
import { parsePlain } from "../parse.ts";
import { printRow } from "../print.ts";
import { get, isObject, type Json } from "../value.ts";
import { CARE, CUTS_END, END, FIELDS, FLAGS, ODD, OTHER, START, type Batch, type Places } from "./batch.ts";

/** Rows that are still bytes. */
export function rawRows(places: Places, count: number, fields: readonly string[]): Batch {
  const { bytes, at, stride, cuts } = places;
  // The last one alone: whoever works on rows one by one leaves none behind.
  let last = -1;
  let lastValue: Json = null;
  const flags = (i: number): number => at[i * stride + FLAGS]!;
  const read = (text: string, i: number): Json => (flags(i) & CARE ? parseCarefully(text) : parsePlain(text));
  const slice = (from: number, to: number): string => bytes.toString("utf8", from, to);

  function value(i: number): Json {
    if (i !== last) {
      lastValue = read(slice(at[i * stride + START]!, at[i * stride + END]!), i);
      last = i;
    }
    return lastValue;
  }

  return {
    length: count,
    places,
    onlyObjects: (places.seen & OTHER) === 0,
    value,
    field(i, name) {
      const f = fields.indexOf(name);
      if (f < 0 || flags(i) & ODD) {
        const row = value(i);
        return isObject(row) ? get(row, name) : undefined;
      }
      const place = i * stride + FIELDS + 2 * f;
      const from = at[place]!;
      if (from < 0) return undefined;
      const to = at[place + 1]!;
      if (bytes[from] !== QUOTE) return read(slice(from, to), i);
      const text = slice(from + 1, to - 1);
      return text.includes("\\") ? parsePlain(`"${text}"`) : text;
    },
    text(i) {
      if (flags(i) & ODD) return printRow(value(i));
      let text = "";
      let from = at[i * stride + START]!;
      const end = at[i * stride + CUTS_END]!;
      for (let cut = i === 0 ? 0 : at[(i - 1) * stride + CUTS_END]!; cut < end; cut += 2) {
        text += slice(from, cuts[cut]!);
        from = cuts[cut + 1]!;
      }
      return text + slice(from, at[i * stride + END]!);
    },
  };
}

const QUOTE = 34;
