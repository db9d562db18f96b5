import { SPACE } from "../text/whitespace.ts";

/** The sets of characters behind Python's `\d`, `\s` and `\w`, for the inside of a class. */
const SETS: Readonly<Record<string, readonly [unicode: string, ascii: string]>> = {
  d: ["\\p{Nd}", "0-9"],
  s: [SPACE, "\\t-\\r\\x20"],
  w: ["\\p{L}\\p{N}_", "A-Za-z0-9_"],
};

/** `\d`, `\W` and their like as a class; undefined for another letter. */
export function classEscape(letter: string, ascii: boolean): string | undefined {
  const set = SETS[letter.toLowerCase()];
  if (set === undefined) return undefined;
  return `[${letter === letter.toLowerCase() ? "" : "^"}${set[ascii ? 1 : 0]}]`;
}

/** `\b` or `\B`. */
export function wordBoundary(letter: string, ascii: boolean): string {
  if (ascii) return `\\${letter}`;
  const word = "[\\p{L}\\p{N}_]";
  return letter === "b"
    ? `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
    : `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
}

/** One character, so written that it means itself. */
export function character(code: number): string {
  const isPlain = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isPlain ? String.fromCharCode(code) : `\\u{${code.toString(16)}}`;
}

/** The code points that differ from this one in case only, itself included. */
export function bothCases(code: number): number[] {
  const text = String.fromCodePoint(code);
  const cases = [text, text.toLowerCase(), text.toUpperCase()].filter((one) => Array.from(one).length === 1);
  return [...new Set(cases.map((one) => one.codePointAt(0) ?? code))];
}
