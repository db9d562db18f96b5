import { bothCases, character, classEscape } from "./characters.ts";
import { readEscape } from "./escape.ts";
import type { Flags } from "./parse.ts";

/** A class in brackets, from its opening one on. */
export function parseClass(
  source: string,
  start: number,
  flags: Flags,
  problem: (message: string) => never,
): { readonly text: string; readonly end: number } {
  const negated = source.charAt(start + 1) === "^";
  let at = start + (negated ? 2 : 1);
  let inside = "";
  for (let first = true; first || source.charAt(at) !== "]"; first = false) {
    if (at >= source.length) return problem("unterminated character set");
    const low = readItem(source, at, flags, problem);
    at = low.end;
    const isRange = source.charAt(at) === "-" && source.charAt(at + 1) !== "]" && at + 1 < source.length;
    if (!isRange) {
      inside += typeof low.item === "string" ? low.item : range(low.item, low.item, flags);
      continue;
    }
    const high = readItem(source, at + 1, flags, problem);
    at = high.end;
    if (typeof low.item === "string" || typeof high.item === "string" || low.item > high.item) {
      return problem("bad character range");
    }
    inside += range(low.item, high.item, flags);
  }
  return { text: `[${negated ? "^" : ""}${inside}]`, end: at + 1 };
}

/** A character's code, or a set that is a class of its own. */
function readItem(
  source: string,
  at: number,
  { ascii }: Flags,
  problem: (message: string) => never,
): { readonly item: number | string; readonly end: number } {
  const code = source.codePointAt(at);
  if (code === undefined) return problem("unterminated character set");
  if (code !== 92) return { item: code, end: at + (code > 0xffff ? 2 : 1) };
  const letter = source.charAt(at + 1);
  const set = classEscape(letter, ascii);
  if (set !== undefined) return { item: set, end: at + 2 };
  if (letter === "b") return { item: 8, end: at + 2 };
  const escape = readEscape(source, at, problem, /^[0-7]{1,3}/);
  return { item: escape.code, end: escape.end };
}

const LONGEST = 1000;

function range(low: number, high: number, { spellCases }: Flags): string {
  let text = low === high ? character(low) : `${character(low)}-${character(high)}`;
  if (!spellCases) return text;
  const codes = new Set<number>();
  for (let code = low; code <= Math.min(high, low + LONGEST); code++) for (const one of bothCases(code)) codes.add(one);
  for (const code of codes) if (code < low || code > high) text += character(code);
  return text;
}
